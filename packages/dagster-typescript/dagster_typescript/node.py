"""Runs steps in a Node process, over a socket."""

import json
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import dagster as dg
from dagster_typescript.api_warnings import without_api_warnings

CANCEL_SECONDS = 10.0


class NodeError(Exception):
    """The TypeScript code failed."""


class _ContextByValue(dg.PipesContextInjector):
    @contextmanager
    def inject_context(self, context: Any) -> Iterator[Any]:
        yield {"data": context}

    def no_messages_debug_text(self) -> str:
        return "The context is sent over a socket."


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


class NodePipes(dg.PipesClient):
    """One Node process for all steps of a Python process. The first step starts it; it ends with the Python process."""

    def __init__(self, command: Callable[[], list[str]]):
        self._command = command
        self._process: subprocess.Popen | None = None
        self._socket: socket.socket | None = None
        self._lines: Any = None
        self._owner = 0

    def run(self, **_kwargs: Any) -> Any:
        raise NotImplementedError("Steps are run by run_step.")

    def run_step(self, context: Any, key: dg.AssetKey, digest: str, check: str | None) -> Iterator[Any]:
        """Materializes an asset, or executes a check of it; yields its events as they come."""
        checks = sorted(selected.name for selected in context.selected_asset_check_keys)
        if check is not None:
            # The context of a check lacks what Pipes asks of it.
            context = context.op_execution_context
        config = context.op_config or {}
        reader = _MessagesOfStep()
        closed: dict[str, Any] = {}
        with ExitStack() as stack:
            with without_api_warnings():
                session = stack.enter_context(
                    dg.open_pipes_session(
                        context=context,
                        context_injector=_ContextByValue(),
                        message_reader=reader,
                        extras={
                            "asset_key": list(key.path),
                            "check": check,
                            "checks": checks,
                            "config": config,
                            "digest": digest,
                        },
                    )
                )
            data = session.get_bootstrap_params()["DAGSTER_PIPES_CONTEXT"]["data"]
            try:
                self._send({"run": data})
                done = 0
                for message in self._messages():
                    if message["method"] == "closed":
                        # Pipes would only log the error.
                        closed = message["params"] or {}
                        message["params"] = {}
                    reader.handler.handle_message(message)
                    results = reader.handler.get_reported_results()
                    yield from results[done:]
                    done = len(results)
            except dg.DagsterExecutionInterruptedError:
                self._cancel()
                raise
            except BaseException:
                # Messages of this step may still come.
                self._forget()
                raise
        if exception := closed.get("exception"):
            _fail(exception, closed.get("retry"))

    def start(self) -> None:
        """Starts the process before the first step, so that it loads the definitions meanwhile."""
        self._connect()

    def _connect(self) -> socket.socket:
        if self._socket is not None and self._owner == os.getpid():
            return self._socket
        ours, theirs = socket.socketpair()
        with theirs:
            fd = theirs.fileno()
            self._process = subprocess.Popen([*self._command(), "--fd", str(fd)], pass_fds=(fd,), stdin=subprocess.DEVNULL)
        self._socket, self._lines, self._owner = ours, ours.makefile("rb"), os.getpid()
        return ours

    def _send(self, request: dict[str, Any]) -> None:
        try:
            self._connect().sendall(json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            raise NodeError(f"The Node process ended before the step ({self._forget()}).") from None

    def _messages(self) -> Iterator[dict[str, Any]]:
        """The messages of a step, up to `closed`."""
        for line in self._lines:
            message = json.loads(line)
            yield message
            if message["method"] == "closed":
                return
        raise NodeError(f"The Node process ended in the middle of a step ({self._forget()}).")

    def _cancel(self) -> None:
        """Node gets some time to end; then it is killed."""
        try:
            self._send({"cancel": True})
            self._connect().settimeout(CANCEL_SECONDS)
            for message in self._messages():
                if message["method"] == "closed":
                    break
        except (OSError, ValueError, NodeError):
            pass
        finally:
            self._forget()

    def _forget(self) -> str:
        """Ends the process; the next step starts another one. Returns how it ended."""
        process, self._process, self._socket = self._process, None, None
        if process is None:
            return "it was not started"
        if self._lines is not None:
            self._lines.close()
        if process.poll() is None:
            process.terminate()
        try:
            code = process.wait(timeout=CANCEL_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _fail(exception: dict[str, Any], retry: dict[str, Any] | None) -> None:
    """Raises an error whose name, message and frames are those of the JavaScript error."""
    frames = "".join(exception.get("stack") or ())
    text = f"{exception.get('message') or 'unknown error'}\n{frames}".rstrip()
    cause = exception.get("cause")
    while cause:
        text += f"\nCaused by {cause.get('name')}: {cause.get('message')}\n" + "".join(cause.get("stack") or ()).rstrip()
        cause = cause.get("cause")
    error = type(str(exception.get("name") or "Error"), (NodeError,), {"__module__": "node"})(text)
    if retry is not None:
        # A retry policy of the op would also retry a step that was terminated.
        raise dg.RetryRequested(max_retries=retry["maxRetries"], seconds_to_wait=retry["secondsToWait"]) from error
    raise error
