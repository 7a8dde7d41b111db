select
    id as refund_id,
    order_id,
    refunded_at,
    reason,
    amount
from {{ source("shop", "refunds") }}
