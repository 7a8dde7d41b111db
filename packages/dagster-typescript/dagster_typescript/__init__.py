"""Dagster definitions that are written in TypeScript."""

from dagster_typescript.definitions import load_definitions
from dagster_typescript.node import NodeError

__all__ = ["NodeError", "load_definitions"]
