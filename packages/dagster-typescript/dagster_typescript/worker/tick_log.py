import logging
from typing import Any

from dagster_typescript.worker.open_instance import open_instance


def write_tick_log(request: dict[str, Any]) -> None:
    """Writes what a sensor logged to the log of its tick, which Dagster shows."""
    from dagster._core.definitions.instigation_logger import InstigationLogger

    repository, sensor = request["of"]
    # Without its own console logger, it would print the lines here.
    silent = logging.Logger("silent")
    with (
        open_instance(request["args"]) as instance,
        InstigationLogger(request["tick_log"], instance, repository, sensor, console_logger=silent) as log,
    ):
        for level, message in request["lines"]:
            log.log(logging.getLevelName(level), message)
