"""Reports runs whose processes are gone. Each function runs in a fork: the worker has no connection to Dagster's storage."""

import json
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import dagster as dg
from dagster_typescript.worker import run_files
from dagster_typescript.worker.open_instance import open_instance
from dagster_typescript.worker.print_error import print_error

# Pauses between attempts, in s, in total an hour: the database may be what went away.
_PAUSES = (0, 1, 2, 5, *[10] * 360)

_LOST = "The process of the run is gone; the code location was restarted."


def report(args: str, run_id: str, message: str) -> None:
    """Marks a run as failed or canceled whose process ended without doing so."""
    _until_done(args, lambda instance: _finish(instance, run_id, message))


def reconcile(args: str, folder: str, request: dict[str, Any]) -> None:
    """Marks runs of this location as failed that have no process: their workers were killed too.

    A run that was to be started after this server is left alone; its request may be under way.
    """

    def work(instance: dg.DagsterInstance) -> None:
        unfinished = dg.RunsFilter(
            statuses=[dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING],
            tags={".dagster/grpc_info": _address(args, instance) or json.dumps(request["recover"])},
        )
        for record in instance.get_run_records(unfinished):
            run = record.dagster_run
            is_new = run.status == dg.DagsterRunStatus.STARTING and _seconds(record.update_timestamp) > request["before"]
            if not is_new and run.run_id not in request["known"] and run_files.holder(folder, run.run_id) is None:
                _finish(instance, run.run_id, _LOST)

    _until_done(args, work)


def _address(args: str, instance: dg.DagsterInstance) -> str | None:
    """The address of this location as Dagster has it, which may be another name than the one it listens on."""
    run = instance.get_run_by_id(json.loads(args)["pipeline_run_id"])
    return run.tags.get(".dagster/grpc_info") if run else None


def _seconds(time_of_storage: datetime) -> float:
    # Dagster's storages have UTC, in some versions without saying so.
    aware = time_of_storage if time_of_storage.tzinfo else time_of_storage.replace(tzinfo=timezone.utc)
    return aware.timestamp()


def _until_done(args: str, work: Callable[[dg.DagsterInstance], None]) -> None:
    said = ""
    for pause in _PAUSES:
        time.sleep(pause)
        try:
            with open_instance(args) as instance:
                work(instance)
            return
        except Exception as error:
            if said != str(error):
                print_error()
            said = str(error)


def _finish(instance: dg.DagsterInstance, run_id: str, message: str) -> None:
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return
    instance.report_engine_event(message, run)
    if run.status == dg.DagsterRunStatus.CANCELING:
        instance.report_run_canceled(run)
    else:
        instance.report_run_failed(run, message)
