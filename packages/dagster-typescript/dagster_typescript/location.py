"""The definitions of a run of a TypeScript code location: what the code pointer of the location names.

The worker sets the document before it forks the process of a run. In the container of a run, which a launcher started, Node exports
the definitions of the image. In both, only the assets of the run and their parents are kept.
"""

import base64
import os
import sys
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_typescript.definitions import build_definitions
from dagster_typescript.document import node_command, read_document
from dagster_typescript.node import NodePipes

document: dict[str, Any] | None = None
command: list[str] = []


def load(file: str) -> dg.Definitions:
    """The definitions of a run.

    Args:
        file: The definitions file of the server.
    """
    if document is None:
        _load_document(Path(file))
    return build_definitions(document, NodePipes(lambda: command), dg.in_process_executor)


def restrict(keys: Collection[tuple[str, ...]]) -> None:
    """Keeps these assets, and their parents as external assets. Building all of 10,000 assets takes many seconds."""
    global document
    wanted = [asset for asset in document["assets"] if tuple(asset["key"]) in keys]
    parents = {tuple(dep["key"]) for asset in wanted for dep in asset["deps"]} - set(keys)
    external = [{**asset, "op": None} for asset in document["assets"] if tuple(asset["key"]) in parents]
    document = {**document, "assets": [*wanted, *external]}


def keys_of(run: dg.DagsterRun) -> set[tuple[str, ...]]:
    """The keys of the assets of a run; empty for all."""
    keys = (*(run.asset_selection or ()), *(check.asset_key for check in run.asset_check_selection or ()))
    return {tuple(key.path) for key in keys}


def _load_document(file: Path) -> None:
    global document, command
    document, _ = read_document(file, None)
    command = [*node_command(file), "run-steps", "-f", str(file)]
    if keys := _keys_of_command():
        restrict(keys)


def _keys_of_command() -> set[tuple[str, ...]]:
    """The assets of the run that the command of this process names: `dagster api execute_run ARGS`. Empty if it names none."""
    for text in _arguments():
        try:
            args: Any = dg.deserialize_value(text)
            with dg.DagsterInstance.from_ref(args.instance_ref) if args.instance_ref else dg.DagsterInstance.get() as instance:
                run = instance.get_run_by_id(args.run_id)
        except Exception:
            # Something else, or the storage is away, which the command itself reports.
            continue
        return keys_of(run) if run else set()
    return set()


def _arguments() -> Iterator[str]:
    if text := os.environ.get("DAGSTER_EXECUTE_RUN_ARGS"):
        yield text
    if text := os.environ.get("DAGSTER_COMPRESSED_EXECUTE_RUN_ARGS"):
        yield zlib.decompress(base64.b64decode(text)).decode()
    yield from (text for text in sys.argv if text.startswith("{"))
