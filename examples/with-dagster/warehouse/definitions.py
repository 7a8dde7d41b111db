"""Assets like those of a dbt project: the tables that Sigma's workbooks read, with the same keys."""

import dagster as dg

orders = dg.AssetSpec(
    key=["harbor", "sales", "orders"],
    description="Orders of the shops, one row each.",
    owners=["team:warehouse"],
    kinds={"dbt", "snowflake"},
    deps=["raw_orders"],
    metadata={"dagster/table_name": "harbor.sales.orders"},
)

defs = dg.Definitions(assets=[orders, dg.AssetSpec(key="raw_orders", kinds={"airbyte"})])
