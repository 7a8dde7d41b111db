"""Reads the JSON document that `dagster-sigma export dagster-python` writes."""

import json
import os
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from dagster import DagsterInvalidDefinitionError, __version__

FORMAT = 2

# Dagster calls a function with `@dg.definitions` several times in one process: `dg launch` does so six times.
_exported: dict[tuple[Path, tuple[str, ...]], tuple[float, dict[str, Any]]] = {}
EXPORT_SECONDS = 60.0


def read_document(path: Path, command: list[str] | None) -> tuple[dict[str, Any], Path | None]:
    """Returns the document, and the definitions file that runs its steps (None if they cannot be run).

    A TypeScript or JavaScript file is exported by Node first; a JSON file needs no Node to be shown.
    """
    if path.suffix != ".json":
        return _export(path, command or node_command(path)), path
    document = parse_document(path.read_text(encoding="utf-8"), path)
    file = document.get("file")
    return document, None if file is None else (path.parent / file).resolve()


def node_command(file: Path) -> list[str]:
    """The command line of dagster-sigma: a variable, or the package installed beside the file, or PATH."""
    if configured := os.environ.get("DAGSTER_SIGMA_COMMAND"):
        return shlex.split(configured)
    folders = [str(folder / "node_modules" / ".bin") for folder in file.resolve().parents]
    if found := shutil.which("dagster-sigma", path=os.pathsep.join([*folders, os.environ.get("PATH", "")])):
        return [found]
    raise DagsterInvalidDefinitionError(
        f"The command dagster-sigma was not found for {file}. Run `npm install dagster-sigma` in its folder, "
        "or set DAGSTER_SIGMA_COMMAND."
    )


def run_node(args: list[str], file: Path, failure: str, text: str = "") -> str:
    """Runs a command of dagster-sigma in the folder of the definitions file; returns what it printed."""
    done = subprocess.run(args, input=text, capture_output=True, encoding="utf-8", cwd=file.parent, check=False)
    if done.returncode != 0:
        raise DagsterInvalidDefinitionError(f"{failure}\n{done.stderr.strip()}")
    return done.stdout


def _export(file: Path, command: list[str]) -> dict[str, Any]:
    key = (file, tuple(command))
    exported_at, document = _exported.get(key, (0.0, {}))
    is_fresh = time.monotonic() - exported_at < EXPORT_SECONDS
    if document and is_fresh and all(_version(path) == version for path, version in document["sources"].items()):
        return document
    args = [*command, "export", "dagster-python", "-f", str(file), "--with-sources", "--dagster-version", __version__]
    document = parse_document(run_node(args, file, f"The definitions in {file} cannot be loaded."), file)
    _exported[key] = (time.monotonic(), document)
    return document


def _version(path: str) -> str | None:
    found = os.stat(path) if os.path.exists(path) else None
    return found and f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


def parse_document(text: str, source: Path) -> dict[str, Any]:
    document = json.loads(text)
    if document.get("format") != FORMAT:
        raise DagsterInvalidDefinitionError(
            f"{source} has the format {document.get('format')!r}, and this version of dagster-typescript reads {FORMAT}. "
            "Install the version that belongs to dagster-sigma."
        )
    return document
