"""Runs steps in a Node process, over a socket."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster_typescript.api_warnings import without_api_warnings

# How long the code of a terminated step may take to end.
END_SECONDS = 10.0


class NodeError(Exception):
    """The TypeScript code failed."""


class _MessagesOfStep(dg.PipesMessageReader):
    """Keeps the handler. The step reads the socket itself, so that there is no thread and no polling."""

    handler: Any = None
    # One, as by default. The property of the base class warns that it is a preview.
    expected_writer_count = 1

    @contextmanager
    def read_messages(self, handler: Any) -> Iterator[Any]:
        self.handler = handler
        yield {}

    def no_messages_debug_text(self) -> str:
        return "Messages are read from a socket."


class NodePipes:
    """One Node process for all steps of a Python process. The first step starts it; it ends with the Python process."""

    def __init__(self, command: Callable[[], list[str]]):
        self._command = command
        self._process: subprocess.Popen | None = None
        self._socket: Any = None
        self._lines: Any = None

    def run_step(self, context: Any, key: dg.AssetKey, digest: str, check: str | None) -> Iterator[Any]:
        """Materializes an asset, or executes a check of it; yields its events as they come."""
        checks = sorted(selected.name for selected in context.selected_asset_check_keys)
        # The context of a check lacks what Pipes asks of it.
        context = context if check is None else context.op_execution_context
        step = {"check": check, "checks": checks, "config": context.op_config or {}, "digest": digest}
        extras = {"asset_key": list(key.path), **step}
        reader = _MessagesOfStep()
        closed: dict[str, Any] = {}
        with (
            without_api_warnings(),
            dg.open_pipes_session(context, dg.PipesEnvContextInjector(), reader, extras) as session,
        ):
            try:
                done = 0
                for message in self._messages(session.get_bootstrap_params()["DAGSTER_PIPES_CONTEXT"]["data"]):
                    if message["method"] == "closed":
                        # Pipes would only log the error.
                        closed, message["params"] = message["params"], {}
                    reader.handler.handle_message(message)
                    results = reader.handler.get_reported_results()
                    yield from results[done:]
                    done = len(results)
            except BaseException:
                # Messages of this step may still come.
                self._end()
                raise
        if exception := closed.get("exception"):
            # Its name and its text are those of the JavaScript error, with its frames and causes.
            error = type(exception["name"], (NodeError,), {"__module__": "node"})(closed["text"])
            if (retry := closed.get("retry")) is None:
                raise error
            # A retry policy of the op would also retry a step that was terminated.
            raise dg.RetryRequested(retry["maxRetries"], retry["secondsToWait"]) from error

    def start(self) -> None:
        """Starts Node, which loads the definitions meanwhile."""
        self._socket, theirs = socket.socketpair()
        self._lines = self._socket.makefile("rb")
        with theirs:
            fd = theirs.fileno()
            command = [*self._command(), "--fd", str(fd)]
            self._process = subprocess.Popen(command, pass_fds=(fd,), stdin=subprocess.DEVNULL)

    def _messages(self, context: Any) -> Iterator[dict[str, Any]]:
        """Starts a step, and Node before if it does not run; yields the messages of the step, up to `closed`."""
        if self._process is None:
            self.start()
        try:
            self._socket.sendall(json.dumps({"run": context}).encode() + b"\n")
        except BrokenPipeError:
            raise NodeError(f"The Node process ended before the step ({self._end()}).") from None
        for line in self._lines:
            message = json.loads(line)
            yield message
            if message["method"] == "closed":
                return
        raise NodeError(f"The Node process ended in the middle of a step ({self._end()}).")

    def _end(self) -> str:
        """Ends the process, which aborts its step when the socket closes. Returns how it ended."""
        process, self._process = self._process, None
        if process is None:
            return "it was not started"
        self._lines.close()
        self._socket.close()
        try:
            code = process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"
