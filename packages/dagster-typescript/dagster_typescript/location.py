"""The definitions of a run of a TypeScript code location: what the code pointer of the location names.

The worker sets the document before it forks the process of a run, which keeps only the assets of the run and their parents.
"""

from collections.abc import Collection
from typing import Any

import dagster as dg
from dagster_typescript.definitions import build_definitions
from dagster_typescript.node import NodePipes

document: dict[str, Any] = {"assets": []}
command: list[str] = []


def restrict(keys: Collection[tuple[str, ...]]) -> None:
    """Keeps these assets, and their parents as external assets. Building all of 10,000 assets takes many seconds."""
    global document
    wanted = [asset for asset in document["assets"] if tuple(asset["key"]) in keys]
    parents = {tuple(dep["key"]) for asset in wanted for dep in asset["deps"]} - set(keys)
    external = [{**asset, "op": None} for asset in document["assets"] if tuple(asset["key"]) in parents]
    document = {**document, "assets": [*wanted, *external]}


def __getattr__(name: str) -> Any:
    if name != "defs":
        raise AttributeError(name)
    return globals().setdefault("defs", build_definitions(document, NodePipes(lambda: command), dg.in_process_executor))
