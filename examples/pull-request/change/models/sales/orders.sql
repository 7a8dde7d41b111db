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
        gross_amount - discount as net_revenue
    from orders
)

select * from final
