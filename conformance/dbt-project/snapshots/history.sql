{% snapshot orders_history %}
{{ config(target_schema="snapshots", unique_key="id", strategy="check", check_cols="all") }}
select * from {{ source("raw", "orders") }}
{% endsnapshot %}
