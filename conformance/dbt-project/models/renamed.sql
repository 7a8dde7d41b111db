select * from {{ ref("plain") }}
