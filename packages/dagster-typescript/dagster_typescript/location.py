"""The definitions of a run of a TypeScript code location: what the code pointer of the location names.

The worker sets the document before it forks the process of a run, which keeps only the assets of the run and their parents.
"""

from collections.abc import Collection
from typing import Any

import dagster as dg
from dagster_typescript.definitions import build_definitions
from dagster_typescript.node import NodePipes

document: dict[str, Any] = {"assets": [], "checks": []}
command: list[str] = []
max_concurrent = 1


def restrict(
    keys: Collection[tuple[str, ...]], checks: Collection[tuple[tuple[str, ...], str]] | None
) -> None:
    """Keeps these assets and checks, and the assets that they read as external assets.

    Building all of 10,000 assets takes many seconds.

    Args:
        keys: Keys of assets.
        checks: Keys of assets with names of their checks; None for all checks of the assets.
    """
    global document
    wanted = [asset for asset in document["assets"] if tuple(asset["key"]) in keys]
    wanted_checks = [
        check
        for check in document["checks"]
        if (tuple(check["asset"]) in keys if checks is None else (tuple(check["asset"]), check["name"]) in checks)
    ]
    read = {tuple(dep["key"]) for asset in wanted for dep in asset["deps"]}
    read.update(tuple(check["asset"]) for check in wanted_checks)
    external = [
        {**asset, "op": None} for asset in document["assets"] if tuple(asset["key"]) in read - set(keys)
    ]
    document = {**document, "assets": [*wanted, *external], "checks": wanted_checks}


def __getattr__(name: str) -> Any:
    if name != "defs":
        raise AttributeError(name)
    executor = dg.in_process_executor if max_concurrent == 1 else _forked_executor()
    defs = build_definitions(document, NodePipes(lambda: command), executor)
    globals()["defs"] = defs
    return defs


def _forked_executor() -> dg.ExecutorDefinition:
    from dagster_typescript.worker.forked_steps import forked_executor

    return forked_executor(max_concurrent)
