select * from {{ ref("ephemeral_step") }}
