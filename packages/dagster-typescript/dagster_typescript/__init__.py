"""Dagster definitions that are written in TypeScript."""

from contextlib import suppress

from dagster_typescript.definitions import load_definitions
from dagster_typescript.node import NodeError

with suppress(ImportError):
    # Dagster 1.12 or newer has components with a state.
    from dagster_typescript.component import SigmaComponent as SigmaComponent

__all__ = ["NodeError", "load_definitions"]
