"""A warm process that forks for each run.

It has no thread and no connection to Dagster's storage, so that a fork is safe. A server connects to the socket, and may be
replaced by another one; runs go on meanwhile. Lines in:

- `{"document": …, "command": […], "keep": BOOL, "max_concurrent": N}`: the definitions of all runs; whether the reference to
  Dagster's storage may be kept in a file; number of steps at once in a run
- `{"run": ID, "args": ExecuteRunArgs}`: starts a run
- `{"recover": {"host": …, "port": …}, "known": [ID, …], "before": SECONDS, "args": ExecuteRunArgs or null}`: adopts runs whose
  worker was killed, and marks runs as failed that lost their process; known runs are those of other workers
- `{"tick_log": KEY, "of": [REPOSITORY, SENSOR], "lines": [[LEVEL, TEXT], …], "args": ExecuteRunArgs}`
- `{"retire": true}`: ends after the last run

Lines out: `{"runs": {ID: PID}}` to each server that connects and after an adoption, then `{"opened": ID, "pid": …}`,
`{"failed": ID, "error": …}`, `{"ended": ID}`, `{"not_kept": true}`. Without a server it waits for its last run.
"""

import gc
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from dagster_typescript.worker import location, recovery, run_end, run_files
from dagster_typescript.worker.print_error import print_error
from dagster_typescript.worker.run_process import REFUSED, execute_run
from dagster_typescript.worker.tick_log import write_tick_log

# How long a worker without runs waits for a server, in seconds.
IDLE_SECONDS = 10.0


class RunWorker:
    def __init__(self, path: str):
        self._path = path
        self._folder = os.path.dirname(path)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(4)
        self._server: socket.socket | None = None
        self._buffer = b""
        # Messages that started runs, by process id.
        self._runs: dict[int, dict[str, Any]] = {}
        # Process ids of runs whose worker was killed, by run id.
        self._adopted: dict[str, int] = {}
        # Arguments of the latest run, which name Dagster's storage.
        self._args: str | None = None
        self._keep = True
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
            is_busy = bool(self._runs or self._adopted) or (self._server is not None and not self._retired)
            if is_busy:
                idle_since = time.monotonic()
            elif self._retired or time.monotonic() - idle_since > IDLE_SECONDS:
                break
            sources = [self._wake_read, self._listener, *([self._server] if self._server else [])]
            ready, _, _ = select.select(sources, [], [], None if is_busy and not self._adopted else 1.0)
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
            self._collect()
            self._watch_adopted()
            if self._listener in ready:
                self._accept()
            if self._server in ready:
                self._receive()
        self._remove_files()

    def _accept(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server, _ = self._listener.accept()
        self._buffer = b""
        self._say_runs()

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

    def _take(self, message: dict[str, Any]) -> None:
        if "document" in message:
            location.document, location.command = message["document"], message["command"]
            location.max_concurrent = message["max_concurrent"]
            self._keep = message["keep"]
            if not self._keep:
                recovery.forget(self._folder)
            gc.collect()
            gc.freeze()
        elif "retire" in message:
            self._retired = True
        elif "recover" in message:
            self._recover(message)
        elif "tick_log" in message:
            self._in_fork(lambda: write_tick_log(message))
        else:
            self._args = message["args"]
            pid = os.fork()
            if pid == 0:
                self._run(message)
            self._runs[pid] = message

    def _run(self, message: dict[str, Any]) -> None:
        """The process of a run. Never returns."""
        code = 1

        def say(answer: dict[str, Any]) -> None:
            self._say(answer)
            if "opened" in answer:
                self._close_sockets()

        try:
            signal.set_wakeup_fd(-1)
            code = execute_run(message, self._folder, say, self._keep)
        finally:
            os._exit(code)

    def _recover(self, message: dict[str, Any]) -> None:
        known = {*message["known"], *(run["run"] for run in self._runs.values())}
        self._adopted.update({run: pid for run, pid in run_files.held(self._folder).items() if run not in known})
        self._say_runs()
        self._args = message["args"] or self._args or recovery.kept(self._folder)
        if (args := self._args) is not None:
            self._in_fork(lambda: run_end.reconcile(args, self._folder, message))

    def _watch_adopted(self) -> None:
        for run_id, pid in [*self._adopted.items()]:
            if run_files.holder(self._folder, run_id) is None:
                del self._adopted[run_id]
                _end_steps(pid)
                self._ended(run_id, self._args, f"The process of the run (pid {pid}) ended unexpectedly.")

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
            code = os.waitstatus_to_exitcode(status)
            if code == REFUSED:
                # Dagster has the answer to its request, and marks the run as failed.
                self._gone(run["run"])
                continue
            if code != 0:
                _end_steps(pid)
            how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
            self._ended(run["run"], run["args"], f"The process of the run (pid {pid}) ended unexpectedly: {how}.")

    def _ended(self, run_id: str, args: str | None, message: str) -> None:
        """The exit code does not say whether the run has ended in Dagster."""
        self._gone(run_id)
        if args is not None:
            self._in_fork(lambda: run_end.report(args, run_id, message))

    def _gone(self, run_id: str) -> None:
        self._say({"ended": run_id})
        run_files.remove(self._folder, run_id)

    def _say_runs(self) -> None:
        self._say({"runs": {**{run["run"]: pid for pid, run in self._runs.items()}, **self._adopted}})

    def _say(self, message: dict[str, Any]) -> None:
        # The server may be gone; the next one asks again.
        with suppress(OSError):
            if self._server is not None:
                self._server.sendall(json.dumps(message).encode() + b"\n")

    def _remove_files(self) -> None:
        for path in (self._path, self._path.removesuffix(".sock") + ".log"):
            with suppress(OSError):
                os.unlink(path)
        if any(name.endswith(".sock") for name in os.listdir(self._folder)):
            return
        # No other worker uses the folder.
        recovery.forget(self._folder)
        with suppress(OSError):
            os.rmdir(self._folder)

    def _in_fork(self, work: Callable[[], None]) -> None:
        """This process must stay without connections to Dagster's storage."""
        if os.fork() != 0:
            return
        try:
            signal.set_wakeup_fd(-1)
            self._close_sockets()
            work()
        except BaseException:
            print_error()
        finally:
            os._exit(0)

    def _close_sockets(self) -> None:
        """In a fork. The server notices the end of this process by the end of the connection."""
        self._listener.close()
        if self._server is not None:
            self._server.close()
            self._server = None


def _end_steps(pid: int) -> None:
    """Interrupts the forked steps of a run whose process is gone. They are in its process group."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGTERM)
