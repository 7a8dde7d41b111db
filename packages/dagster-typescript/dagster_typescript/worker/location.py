"""The definitions of a run of a TypeScript code location: what the code pointer of the location names.

The worker sets the document before it forks the process of a run. In the container of a run, which a launcher started, Node exports
the definitions of the image. In both, only the assets and checks of the run are kept, and the assets that they read.
"""

from pathlib import Path
from typing import Any

import dagster as dg
from dagster_typescript.definitions import build_definitions
from dagster_typescript.document import node_command, read_document
from dagster_typescript.node import NodePipes
from dagster_typescript.worker.container_run import run_of_command

document: dict[str, Any] | None = None
command: list[str] = []
max_concurrent = 1
_pipes = NodePipes(lambda: command)


def load(file: str) -> dg.Definitions:
    """The definitions of a run.

    Args:
        file: The definitions file of the server.
    """
    if document is None:
        _load_document(Path(file))
    executor = dg.in_process_executor if max_concurrent == 1 else _forked_executor()
    return build_definitions(document, _pipes, executor)


def start_node() -> None:
    """Starts Node while Dagster prepares the run, which takes as long. Forked steps have Node processes of their own."""
    if max_concurrent == 1:
        _pipes.start()


def restrict_to(run: dg.DagsterRun) -> None:
    """Keeps what a run selects: building all of 10,000 assets takes many seconds."""
    global document
    keys = {tuple(key.path) for key in run.asset_selection or ()}
    checks = {(tuple(check.asset_key.path), check.name) for check in run.asset_check_selection or ()}
    if not keys and not checks:
        return
    # Without a selection of checks, all checks of the assets are executed.
    has_checks = run.asset_check_selection is not None
    wanted = [asset for asset in document["assets"] if tuple(asset["key"]) in keys]
    wanted_checks = [
        check
        for check in document["checks"]
        if ((tuple(check["asset"]), check["name"]) in checks if has_checks else tuple(check["asset"]) in keys)
    ]
    read = {tuple(dep["key"]) for asset in wanted for dep in asset["deps"]}
    read.update(tuple(check["asset"]) for check in wanted_checks)
    external = [{**asset, "op": None} for asset in document["assets"] if tuple(asset["key"]) in read - keys]
    document = {**document, "assets": [*wanted, *external], "checks": wanted_checks}


def _load_document(file: Path) -> None:
    global document, command
    document, _ = read_document(file, None)
    command = [*node_command(file), "run-steps", "-f", str(file)]
    if run := run_of_command():
        restrict_to(run)


def _forked_executor() -> dg.ExecutorDefinition:
    from dagster_typescript.worker.forked_steps import forked_executor

    return forked_executor(max_concurrent)
