select
    id as customer_id,
    cast(signed_up as timestamp) as signed_up_at,
    country,
    segment,
    segment = 'wholesale' as is_wholesale
from {{ source("shop", "customers") }}
