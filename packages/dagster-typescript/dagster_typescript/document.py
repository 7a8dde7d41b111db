"""Reads the JSON document that `dagster-sigma export dagster-python` writes."""

import json
import os
import shlex
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from dagster import DagsterInvalidDefinitionError, __version__

FORMAT = 1

COMMAND_VARIABLE = "DAGSTER_SIGMA_COMMAND"


def read_document(path: Path, command: list[str] | None) -> tuple[dict[str, Any], Path | None]:
    """Returns the document, and the definitions file that runs its steps (None if they cannot be run).

    A TypeScript or JavaScript file is exported by Node first; a JSON file needs no Node to be shown.
    """
    if not path.is_file():
        raise DagsterInvalidDefinitionError(f"The file {path} does not exist.")
    if path.suffix != ".json":
        return _check(_export(path, tuple(command or node_command(path)), path.stat().st_mtime_ns), path), path
    document = _check(_parse(path.read_text(encoding="utf-8"), path), path)
    file = document.get("file")
    return document, None if file is None else (path.parent / file).resolve()


def node_command(file: Path) -> list[str]:
    """The command line of dagster-sigma: a variable, or the package installed beside the file, or PATH."""
    if configured := os.environ.get(COMMAND_VARIABLE):
        return shlex.split(configured)
    for folder in file.resolve().parents:
        installed = folder / "node_modules" / ".bin" / "dagster-sigma"
        if installed.exists():
            return [str(installed)]
    if found := shutil.which("dagster-sigma"):
        return [found]
    raise DagsterInvalidDefinitionError(
        f"The command dagster-sigma was not found for {file}. Run `npm install dagster-sigma` in its folder, "
        f"or set {COMMAND_VARIABLE}."
    )


# Dagster calls a function with `@dg.definitions` several times in one process: `dg launch` does so six times.
@lru_cache(maxsize=8)
def _export(file: Path, command: tuple[str, ...], _modified_ns: int) -> dict[str, Any]:
    args = [*command, "export", "dagster-python", "-f", str(file), "--dagster-version", __version__]
    try:
        done = subprocess.run(args, capture_output=True, encoding="utf-8", cwd=file.parent, check=False)
    except OSError as error:
        raise DagsterInvalidDefinitionError(f"{command[0]} cannot be started: {error}") from error
    if done.returncode != 0:
        raise DagsterInvalidDefinitionError(f"The definitions in {file} cannot be loaded.\n{done.stderr.strip()}")
    return _parse(done.stdout, file)


def _parse(text: str, source: Path) -> dict[str, Any]:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DagsterInvalidDefinitionError(f"{source} is not a JSON document: {error}") from error


def _check(document: dict[str, Any], source: Path) -> dict[str, Any]:
    found = document.get("format") if isinstance(document, dict) else None
    if found != FORMAT:
        raise DagsterInvalidDefinitionError(
            f"{source} has the format {found!r}, and this version of dagster-typescript reads {FORMAT}. "
            "Install the version that belongs to dagster-sigma."
        )
    return document
