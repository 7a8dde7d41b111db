"""Starts one process per run: `python -m dagster_typescript.worker`, for `dagster-sigma serve`.

Imports once, and then forks. It has no thread and no connection, so that a fork is safe. Lines in: first
`{"document": …, "command": […]}`, then `{"run": ID, "args": ExecuteRunArgs}`. Lines out: `{"opened": ID, "pid": …}`,
`{"failed": ID, "error": …}`, `{"ended": ID, "code": …}`. When its input ends, it waits for its last run.
"""

import gc
import json
import os
import select
import signal
import sys
import time
import traceback

import dagster as dg
import dagster._cli.api
import dagster._core.execution.api  # noqa: F401
from dagster_typescript import location

# Pauses between attempts to report a run whose process ended: the database may be what went away.
REPORT_PAUSES = (0, 1, 2, 5, 10, 20, 30, 60, 120, 300)


def main() -> None:
    _preload()
    out = os.dup(1)
    os.dup2(2, 1)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    os.set_blocking(0, False)
    runs: dict[int, dict] = {}
    buffer, is_open = b"", True
    while is_open or runs:
        ready, _, _ = select.select([wake_read, *([0] if is_open else [])], [], [])
        if wake_read in ready:
            os.read(wake_read, 4096)
        for pid, status in _ended():
            if (run := runs.pop(pid, None)) is not None:
                code = os.waitstatus_to_exitcode(status)
                _say(out, {"ended": run["run"], "code": code})
                _report(run, pid, code)
        if 0 not in ready:
            continue
        chunk = os.read(0, 1 << 20)
        is_open = chunk != b""
        *lines, buffer = (buffer + chunk).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "document" in message:
                location.document, location.command = message["document"], message["command"]
                gc.collect()
                gc.freeze()
                continue
            pid = os.fork()
            if pid == 0:
                _become_child(wake_read, wake_write)
                _run(message, out)
            runs[pid] = message


def _preload() -> None:
    """Modules that each run would import otherwise."""
    import dagster._core.launcher.default_run_launcher  # noqa: F401
    import dagster._core.run_coordinator  # noqa: F401
    import dagster._core.storage.fs_io_manager  # noqa: F401
    import dagster._core.storage.local_compute_log_manager  # noqa: F401
    import dagster._core.storage.sqlite_storage  # noqa: F401
    import fsspec.implementations.local  # noqa: F401
    import sqlalchemy.dialects.sqlite  # noqa: F401
    import upath.implementations.local  # noqa: F401

    try:
        import dagster_postgres  # noqa: F401
    except ImportError:
        pass


def _say(out: int, message: dict) -> None:
    try:
        os.write(out, json.dumps(message).encode() + b"\n")
    except OSError:
        pass  # The server is gone.


def _ended() -> list[tuple[int, int]]:
    ended = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended.append((pid, status))


def _become_child(wake_read: int, wake_write: int) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.close(wake_read)
    os.close(wake_write)
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    # The events that the command prints are in Dagster's log.
    os.dup2(null, 1)


def _run(message: dict, out: int) -> None:
    """Never returns."""
    run_id, code = message["run"], 1
    try:
        try:
            _restrict_to_run(message)
        except BaseException as error:
            _say(out, {"failed": run_id, "error": f"{type(error).__name__}: {error}"})
            raise
        _say(out, {"opened": run_id, "pid": os.getpid()})
        os.close(out)
        # What `dagster api execute_run` runs. An argument of a function is in no process title.
        dagster._cli.api.execute_run_command.main(args=[message["args"]], standalone_mode=False)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _restrict_to_run(message: dict) -> None:
    with _instance(message) as instance:
        run = instance.get_run_by_id(message["run"])
    if run is None:
        raise LookupError(f"Dagster's storage has no run {message['run']}.")
    checks = run.asset_check_selection or ()
    if run.asset_selection or checks:
        location.restrict({tuple(key.path) for key in (*(run.asset_selection or ()), *(c.asset_key for c in checks))})


def _instance(message: dict) -> dg.DagsterInstance:
    from dagster._grpc.types import ExecuteRunArgs

    args = dg.deserialize_value(message["args"], ExecuteRunArgs)
    return dg.DagsterInstance.from_ref(args.instance_ref) if args.instance_ref else dg.DagsterInstance.get()


def _report(run: dict, pid: int, code: int) -> None:
    """Marks a run as failed or canceled whose process ended without doing so; its exit code does not say whether it did.

    In a process of its own, because this one must stay without connections.
    """
    if os.fork() != 0:
        return
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    for pause in REPORT_PAUSES:
        time.sleep(pause)
        try:
            with _instance(run) as instance:
                _finish(instance, run["run"], f"The process of the run (pid {pid}) ended unexpectedly: {how}.")
            break
        except Exception:
            traceback.print_exc()
    os._exit(0)


def _finish(instance: dg.DagsterInstance, run_id: str, message: str) -> None:
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return
    instance.report_engine_event(message, run)
    if run.status == dg.DagsterRunStatus.CANCELING:
        instance.report_run_canceled(run)
    else:
        instance.report_run_failed(run, message)


if __name__ == "__main__":
    main()
