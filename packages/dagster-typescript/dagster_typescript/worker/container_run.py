"""Finds the run of a process that a launcher started."""

import base64
import os
import sys
import zlib
from collections.abc import Iterator

import dagster as dg
from dagster_typescript.worker.open_instance import open_instance


def run_of_command() -> dg.DagsterRun | None:
    """The run that the command of this process names: `dagster api execute_run ARGS`. None if it names none."""
    for text in _arguments():
        try:
            with open_instance(text) as instance:
                return instance.get_run_by_id(dg.deserialize_value(text).run_id)
        except Exception:
            # Something else, or the storage is away, which the command itself reports.
            continue
    return None


def _arguments() -> Iterator[str]:
    if text := os.environ.get("DAGSTER_EXECUTE_RUN_ARGS"):
        yield text
    if text := os.environ.get("DAGSTER_COMPRESSED_EXECUTE_RUN_ARGS"):
        yield zlib.decompress(base64.b64decode(text)).decode()
    yield from (text for text in sys.argv if text.startswith("{"))
