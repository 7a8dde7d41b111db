"""Loads organizations with the real dagster-sigma.

Each line on stdin is a case: {"id", "baseUrl", "clientId", "clientSecret", "fetchColumnData", "fetchLineageData",
"filter"}. Each line on stdout is its outcome: {"id", "assets": [...]} or {"id", "error"}. One process loads many,
because importing Dagster takes longer than loading.
"""

import json
import logging
import sys
import warnings

from dagster import Definitions
from dagster_sigma import SigmaFilter, SigmaOrganization, load_sigma_asset_specs

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def asset(spec):
    metadata = spec.metadata
    value = lambda name: getattr(metadata.get(name), "value", metadata.get(name))
    schema = metadata.get("dagster/column_schema")
    schema = getattr(schema, "schema", schema)
    return {
        "key": list(spec.key.path),
        "kinds": sorted(spec.kinds),
        "description": spec.description,
        "webUrl": value("dagster_sigma/web_url"),
        "version": value("dagster_sigma/version"),
        "createdAt": value("dagster_sigma/created_at"),
        "workbookId": value("dagster_sigma/workbook_id"),
        "columns": [column.name for column in schema.columns] if schema is not None else [],
        "deps": [
            {
                "key": list(dep.asset_key.path),
                "tableName": getattr(dep.metadata.get("dagster/table_name"), "value", dep.metadata.get("dagster/table_name")),
            }
            for dep in spec.deps
        ],
    }


def load(case):
    chosen = case["filter"]
    organization = SigmaOrganization(
        base_url=case["baseUrl"],
        client_id=case["clientId"],
        client_secret=case["clientSecret"],
        warn_on_lineage_fetch_error=True,
    )
    specs = load_sigma_asset_specs(
        organization,
        sigma_filter=SigmaFilter(
            workbook_folders=chosen["workbookFolders"],
            workbooks=chosen["workbooks"],
            include_unused_datasets=chosen["includeUnusedDatasets"],
        ),
        fetch_column_data=case["fetchColumnData"],
        fetch_lineage_data=case["fetchLineageData"],
    )
    Definitions.validate_loadable(Definitions(assets=list(specs)))
    return [asset(spec) for spec in specs]


for line in sys.stdin:
    case = json.loads(line)
    try:
        outcome = {"id": case["id"], "assets": load(case)}
    except BaseException as error:
        outcome = {"id": case["id"], "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(outcome), flush=True)
