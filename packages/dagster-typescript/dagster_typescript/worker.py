"""Starts one process per run: `python -m dagster_typescript.worker SOCKET`, for `dagster-sigma serve`.

Imports once, and then forks. It has no thread and no connection to Dagster's storage, so that a fork is safe. A server
connects to the socket, and may be replaced by another one; runs go on meanwhile. Lines in:

- `{"document": …, "command": […]}`: the definitions of all runs
- `{"run": ID, "args": ExecuteRunArgs}`: starts a run
- `{"reconcile": {…}, "known": [ID, …], "args": ExecuteRunArgs}`: marks runs as failed that no process runs any more
- `{"retire": true}`: ends after the last run

Lines out: `{"runs": {ID: PID}}` to each server that connects, then `{"opened": ID, "pid": …}`, `{"failed": ID, "error": …}`,
`{"ended": ID}`. Without a server it waits for its last run.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress

import dagster as dg
import dagster._cli.api
import dagster._core.execution.api  # noqa: F401
from dagster_typescript import location

# Pauses between attempts to report a run whose process ended: the database may be what went away.
REPORT_PAUSES = (0, 1, 2, 5, 10, 20, 30, 60, 120, 300)

# How long a worker without runs waits for a server, in seconds.
IDLE_SECONDS = 10.0


class Worker:
    def __init__(self, path: str):
        self._path = path
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(4)
        self._server: socket.socket | None = None
        self._buffer = b""
        self._runs: dict[int, dict] = {}
        self._retired = False
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)

    def serve(self) -> None:
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        idle_since = time.monotonic()
        while True:
            is_busy = bool(self._runs) or (self._server is not None and not self._retired)
            if is_busy:
                idle_since = time.monotonic()
            elif self._retired or time.monotonic() - idle_since > IDLE_SECONDS:
                break
            sources = [self._wake_read, self._listener, *([self._server] if self._server else [])]
            ready, _, _ = select.select(sources, [], [], None if is_busy else 1.0)
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
            self._collect()
            if self._listener in ready:
                self._accept()
            if self._server in ready:
                self._receive()
        for path in (self._path, self._path.removesuffix(".sock") + ".log"):
            with suppress(OSError):
                os.unlink(path)
        # Only if no other worker uses it.
        with suppress(OSError):
            os.rmdir(os.path.dirname(self._path))

    def _accept(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server, _ = self._listener.accept()
        self._buffer = b""
        self._say({"runs": {run["run"]: pid for pid, run in self._runs.items()}})

    def _receive(self) -> None:
        try:
            chunk = self._server.recv(1 << 20)
        except OSError:
            chunk = b""
        if chunk == b"":
            self._server.close()
            self._server = None
            return
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, message: dict) -> None:
        if "document" in message:
            location.document, location.command = message["document"], message["command"]
            gc.collect()
            gc.freeze()
        elif "retire" in message:
            self._retired = True
        elif "reconcile" in message:
            _in_fork(lambda: _reconcile(message))
        else:
            pid = os.fork()
            if pid == 0:
                self._run(message)
            self._runs[pid] = message

    def _run(self, message: dict) -> None:
        """The process of a run. Never returns."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._listener.close()
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        # The events that the command prints are in Dagster's log.
        os.dup2(null, 1)
        code = 1
        try:
            try:
                _restrict_to_run(message)
            except BaseException as error:
                self._say({"failed": message["run"], "error": f"{type(error).__name__}: {error}"})
                raise
            self._say({"opened": message["run"], "pid": os.getpid()})
            if self._server is not None:
                self._server.close()
            # What `dagster api execute_run` runs. The argument of a function is in no process title.
            dagster._cli.api.execute_run_command.main(args=[message["args"]], standalone_mode=False)
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:
            _print_error()
        finally:
            os._exit(code)

    def _collect(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if (run := self._runs.pop(pid, None)) is None:
                continue
            self._say({"ended": run["run"]})
            code = os.waitstatus_to_exitcode(status)
            how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
            # The exit code does not say whether the run has ended in Dagster.
            _in_fork(lambda: _report(run, f"The process of the run (pid {pid}) ended unexpectedly: {how}."))

    def _say(self, message: dict) -> None:
        # The server may be gone; the next one asks again.
        with suppress(OSError):
            if self._server is not None:
                self._server.sendall(json.dumps(message).encode() + b"\n")


def _in_fork(work) -> None:
    """This process must stay without connections to Dagster's storage."""
    if os.fork() != 0:
        return
    try:
        signal.set_wakeup_fd(-1)
        work()
    except BaseException:
        _print_error()
    finally:
        os._exit(0)


def _print_error() -> None:
    with suppress(OSError):
        traceback.print_exc()
        sys.stderr.flush()


def _args(message: dict):
    from dagster._grpc.types import ExecuteRunArgs

    return dg.deserialize_value(message["args"], ExecuteRunArgs)


def _instance(message: dict) -> dg.DagsterInstance:
    args = _args(message)
    return dg.DagsterInstance.from_ref(args.instance_ref) if args.instance_ref else dg.DagsterInstance.get()


def _restrict_to_run(message: dict) -> None:
    with _instance(message) as instance:
        run = instance.get_run_by_id(message["run"])
    if run is None:
        raise LookupError(f"Dagster's storage has no run {message['run']}.")
    checks = run.asset_check_selection or ()
    if run.asset_selection or checks:
        keys = (*(run.asset_selection or ()), *(check.asset_key for check in checks))
        location.restrict({tuple(key.path) for key in keys})


def _report(run: dict, message: str) -> None:
    """Marks a run as failed or canceled whose process ended without doing so."""
    for pause in REPORT_PAUSES:
        time.sleep(pause)
        try:
            with _instance(run) as instance:
                _finish(instance, run["run"], message)
            return
        except Exception:
            _print_error()


def _reconcile(message: dict) -> None:
    """Runs of this location that no worker runs: their processes and the server were killed together."""
    with _instance(message) as instance:
        # The address that Dagster has may be another one than that on which the server listens.
        run = instance.get_run_by_id(_args(message).run_id)
        address = run.tags.get(".dagster/grpc_info") if run else None
        unfinished = dg.RunsFilter(
            statuses=[
                dg.DagsterRunStatus.STARTING,
                dg.DagsterRunStatus.STARTED,
                dg.DagsterRunStatus.CANCELING,
            ],
            tags={".dagster/grpc_info": address or json.dumps(message["reconcile"])},
        )
        for record in instance.get_run_records(unfinished):
            run_id = record.dagster_run.run_id
            if run_id not in message["known"]:
                _finish(instance, run_id, "The process of the run is gone; the code location was restarted.")


def _finish(instance: dg.DagsterInstance, run_id: str, message: str) -> None:
    run = instance.get_run_by_id(run_id)
    if run is None or run.is_finished:
        return
    instance.report_engine_event(message, run)
    if run.status == dg.DagsterRunStatus.CANCELING:
        instance.report_run_canceled(run)
    else:
        instance.report_run_failed(run, message)


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

    with suppress(ImportError):
        import dagster_postgres  # noqa: F401


if __name__ == "__main__":
    _preload()
    Worker(sys.argv[1]).serve()
