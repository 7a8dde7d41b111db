"""Parses a project with dbt and prints the asset keys that dagster-dbt assigns to its resources.

Usage: dbt_asset_keys.py PROJECT_FOLDER TARGET_FOLDER > keys.json

Prints {"manifest": path, "keys": {unique_id: [segment, …]}}, for all resources that dagster-dbt turns into assets.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

project, target = (Path(argument).resolve() for argument in sys.argv[1:3])
environment = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1"}
parse = [sys.executable, "-m", "dbt.cli.main", "parse", "--quiet", "--project-dir", str(project)]
parse += ["--profiles-dir", str(project), "--target-path", str(target), "--log-path", str(target)]
subprocess.run(parse, check=True, env=environment, stdout=sys.stderr)

from dagster_dbt import DagsterDbtTranslator  # noqa: E402

manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
translator = DagsterDbtTranslator()
keys = {
    unique_id: list(translator.get_asset_key(node).path)
    for unique_id, node in {**manifest["nodes"], **manifest["sources"]}.items()
    if node["resource_type"] in ("model", "seed", "snapshot", "source")
}
print(json.dumps({"manifest": str(target / "manifest.json"), "keys": keys}))
