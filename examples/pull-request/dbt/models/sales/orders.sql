with orders as (
    select * from {{ ref("stg_orders") }}
),

final as (
    select
        order_id,
        customer_id,
        ordered_at,
        country,
        channel,
        status,
        gross_amount - discount as net_amount
    from orders
)

select * from final
