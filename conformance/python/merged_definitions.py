"""Merges TypeScript definitions with a dbt project, and prints the asset graph that Dagster makes of both.

Usage: merged_definitions.py DEFINITIONS_FILE MANIFEST

Prints {key: {"parents": [key, …], "executable": bool}}, with keys as texts.
"""

import json
import sys
from pathlib import Path

import dagster as dg
from dagster_dbt import dbt_assets
from dagster_typescript import load_definitions

definitions_file, manifest = sys.argv[1:3]


@dbt_assets(manifest=Path(manifest))
def shop():
    """Only its place in the graph matters."""


merged = dg.Definitions.merge(load_definitions(definitions_file), dg.Definitions(assets=[shop]))
graph = merged.resolve_asset_graph()
print(
    json.dumps(
        {
            key.to_user_string(): {
                "parents": sorted(parent.to_user_string() for parent in graph.get(key).parent_keys),
                "executable": graph.get(key).is_executable,
            }
            for key in graph.get_all_asset_keys()
        }
    )
)
