"""A code location of real Dagster that defines the asset specs in a JSON file.

SPECS names the file: a list of {"key", "deps", "description", "kinds", "tags", "owners", "group", "codeVersion",
"freshness": [seconds, seconds] | null, "condition": JSON | null, "virtual": bool, "metadata": {label: {"type", "value"}}}. It serves from Python what the other side serves from TypeScript.
"""

import json
import os
from datetime import timedelta

import dagster as dg
from dagster import MetadataValue, TableColumn, TableColumnConstraints, TableColumnDep, TableColumnLineage, TableConstraints, TableRecord, TableSchema


def schema(value):
    return TableSchema(
        columns=[
            TableColumn(
                name=column["name"],
                type=column["type"],
                description=column["description"],
                constraints=TableColumnConstraints(**column["constraints"]),
                tags=column["tags"],
            )
            for column in value["columns"]
        ],
        constraints=TableConstraints(other=value["constraints"]),
    )


makers = {
    "text": MetadataValue.text,
    "url": MetadataValue.url,
    "path": MetadataValue.path,
    "notebook": MetadataValue.notebook,
    "md": MetadataValue.md,
    "json": MetadataValue.json,
    "int": MetadataValue.int,
    "float": lambda value: MetadataValue.float(float(value)),
    "bool": MetadataValue.bool,
    "null": lambda _: MetadataValue.null(),
    "timestamp": lambda value: MetadataValue.timestamp(float(value)),
    "asset": lambda path: MetadataValue.asset(dg.AssetKey(path)),
    "dagster_run": MetadataValue.dagster_run,
    "python_artifact": lambda value: dg.PythonArtifactMetadataValue(value["module"], value["name"]),
    "table": lambda value: MetadataValue.table(
        [TableRecord(record) for record in value["records"]], schema(value["schema"])
    ),
    "table_schema": lambda value: MetadataValue.table_schema(schema(value)),
    "table_column_lineage": lambda value: MetadataValue.column_lineage(
        TableColumnLineage(
            {
                column: [TableColumnDep(dg.AssetKey(dep["asset_key"]), dep["column_name"]) for dep in deps]
                for column, deps in value.items()
            }
        )
    ),
}


def freshness(fail_seconds, warn_seconds):
    # Imported here, so that versions of Dagster without freshness policies can run this file too.
    from dagster._core.definitions import freshness as policies

    policy = getattr(policies, "FreshnessPolicy", None) or policies.InternalFreshnessPolicy
    return policy.time_window(
        fail_window=timedelta(seconds=fail_seconds),
        warn_window=None if warn_seconds is None else timedelta(seconds=warn_seconds),
    )


def dependency(entry):
    metadata = {label: makers[value["type"]](value["value"]) for label, value in entry["metadata"].items()}
    try:
        return dg.AssetDep(dg.AssetKey(entry["key"]), metadata=metadata)
    except TypeError:
        # Up to 1.11 a dependency has none.
        return dg.AssetDep(dg.AssetKey(entry["key"]))


def spec(entry):
    return dg.AssetSpec(
        key=entry["key"],
        deps=[dependency(dep) for dep in entry["deps"]],
        description=entry["description"],
        kinds=set(entry["kinds"]),
        tags=entry["tags"],
        owners=entry["owners"],
        group_name=entry["group"],
        code_version=entry["codeVersion"],
        **({} if entry.get("freshness") is None else {"freshness_policy": freshness(*entry["freshness"])}),
        **({} if entry["condition"] is None else {"automation_condition": dg.deserialize_value(entry["condition"])}),
        **({"is_virtual": True} if entry["virtual"] else {}),
        metadata={label: makers[value["type"]](value["value"]) for label, value in entry["metadata"].items()},
    )


with open(os.environ["SPECS"], encoding="utf-8") as file:
    defs = dg.Definitions(assets=[spec(entry) for entry in json.load(file)])
