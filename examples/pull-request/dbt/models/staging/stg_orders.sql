select
    id as order_id,
    customer as customer_id,
    created_at as ordered_at,
    country,
    channel,
    status,
    gross_amount,
    discount
from {{ source("shop", "orders") }}
