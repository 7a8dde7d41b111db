-- Another layout, the same columns.
with source as (

    select * from {{ source("shop", "refunds") }}

)

select source.id as refund_id, source.order_id, source.refunded_at, source.reason, source.amount
from source
