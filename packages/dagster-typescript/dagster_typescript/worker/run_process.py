"""The process of a run, after the fork."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import dagster._cli.api
from dagster_typescript.worker import location, recovery, run_files
from dagster_typescript.worker.open_instance import open_instance
from dagster_typescript.worker.print_error import print_error

REFUSED = 3


def execute_run(message: dict[str, Any], folder: str, say: Callable[[dict[str, Any]], None], keep: bool) -> int:
    """Executes a run; returns the exit code. REFUSED means that `{"failed": …}` was said.

    Args:
        message: `{"run": ID, "args": ExecuteRunArgs}`.
        folder: The folder of the files of runs.
        say: Called with `{"opened": …}` when the run was read from Dagster's storage, else with `{"failed": …}`.
        keep: Whether the reference to Dagster's storage may be kept.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    # The events that the command prints are in Dagster's log.
    os.dup2(null, 1)
    try:
        try:
            run_files.hold(folder, message["run"])
            _restrict_to_run(message)
            location.start_node()
        except BaseException as error:
            say({"failed": message["run"], "error": f"{type(error).__name__}: {error}"})
            print_error()
            return REFUSED
        if keep and not recovery.keep(folder, message["args"]):
            say({"not_kept": True})
        say({"opened": message["run"], "pid": os.getpid()})
        # What `dagster api execute_run` runs. The argument of a function is in no process title.
        dagster._cli.api.execute_run_command.main(args=[message["args"]], standalone_mode=False)
        return 0
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except BaseException:
        print_error()
        return 1
    finally:
        sys.stderr.flush()


def _restrict_to_run(message: dict[str, Any]) -> None:
    with open_instance(message["args"]) as instance:
        run = instance.get_run_by_id(message["run"])
    if run is None:
        raise LookupError(f"Dagster's storage has no run {message['run']}.")
    location.restrict_to(run)
