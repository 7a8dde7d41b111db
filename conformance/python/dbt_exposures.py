"""Generates the documentation of a dbt project after adding exposures to it.

Usage: dbt_exposures.py PROJECT_FOLDER EXPOSURES_FILE... > exposures.json

Prints {"exposures": {name: {"type", "label", "url", "maturity", "owner", "depends_on": [unique_id, …], "meta"}}}: those in the manifest that
`dbt docs generate` wrote, from which the documentation is shown.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

project, *files = (Path(argument).resolve() for argument in sys.argv[1:])
environment = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1"}


def run(command: str, folder: Path, target: Path) -> dict:
    arguments = [sys.executable, "-m", "dbt.cli.main", *command.split(), "--quiet", "--project-dir", str(folder)]
    arguments += ["--profiles-dir", str(folder), "--target-path", str(target), "--log-path", str(target)]
    subprocess.run(arguments, check=True, env=environment, stdout=sys.stderr, cwd=folder)
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


with tempfile.TemporaryDirectory() as folder:
    copy = Path(folder) / "project"
    shutil.copytree(project, copy)
    for number, file in enumerate(files):
        shutil.copy(file, copy / "models" / f"exposures_{number}.yml")
    # It parses the project, too.
    manifest = run("docs generate --empty-catalog", copy, Path(folder) / "docs")

exposures = {
    exposure["name"]: {
        "type": exposure["type"],
        "label": exposure["label"],
        "url": exposure["url"],
        "maturity": exposure["maturity"],
        "owner": exposure["owner"],
        "depends_on": exposure["depends_on"]["nodes"],
        "meta": exposure["config"].get("meta") or exposure["meta"],
    }
    for exposure in manifest["exposures"].values()
}
print(json.dumps({"exposures": exposures}))
