"""Runs steps in a Node process, over a socket."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg
from dagster_typescript.api_warnings import without_api_warnings

# How long the code of a terminated step may take to end.
END_SECONDS = 10.0


class NodeError(Exception):
    """The TypeScript code failed."""


class _Node:
    """A process that runs steps, one after the other. It ends when its socket closes, which also aborts its step."""

    def __init__(self, command: list[str]):
        self._socket, theirs = socket.socketpair()
        self._lines = self._socket.makefile("rb")
        with theirs:
            fd = theirs.fileno()
            # What ends the process group must not end Node before its step is aborted.
            self._process = subprocess.Popen(
                [*command, "--fd", str(fd)], pass_fds=(fd,), stdin=subprocess.DEVNULL, start_new_session=True
            )

    def messages(self, context: Any) -> Iterator[dict[str, Any]]:
        """Starts a step; yields its messages, up to `closed`."""
        try:
            self._socket.sendall(json.dumps({"run": context}).encode() + b"\n")
        except BrokenPipeError:
            raise NodeError(f"The Node process ended before the step (exit code {self.end()}).") from None
        for line in self._lines:
            message = json.loads(line)
            yield message
            if message["method"] == "closed":
                return
        # As Python says it: negative for a signal.
        raise NodeError(f"The Node process ended in the middle of a step (exit code {self.end()}).")

    def end(self) -> int:
        self._lines.close()
        self._socket.close()
        try:
            return self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


class NodePipes:
    """One Node process for all steps of a Python process. The first step starts it; it ends with the Python process."""

    def __init__(self, command: Callable[[], list[str]]):
        self._command = command
        self._idle: _Node | None = None

    def run_step(self, context: Any, key: dg.AssetKey, digest: str, check: str | None) -> Iterator[Any]:
        """Materializes an asset, or executes a check of it; yields its events as they come."""
        checks = sorted(selected.name for selected in context.selected_asset_check_keys)
        # The context of a check lacks what Pipes asks of it.
        context = context if check is None else context.op_execution_context
        step = {"check": check, "checks": checks, "config": context.op_config or {}, "digest": digest}
        extras = {"asset_key": list(key.path), **step}
        with without_api_warnings():
            # Its reader is not started: the step itself reads the socket, so that there is no thread and no polling.
            handler = dg.PipesMessageHandler(context, dg.PipesTempFileMessageReader())
        closed: dict[str, Any] = {}
        # A step that did not end keeps its process: the next one must not read its messages.
        node, self._idle = self._idle or _Node(self._command()), None
        try:
            done = 0
            for message in node.messages({"run_id": context.run_id, "retry_number": context.retry_number, "extras": extras}):
                if message["method"] in ("opened", "closed"):
                    # Dagster would write events for them.
                    closed = message["params"]
                    continue
                handler.handle_message(message)
                results = handler.get_reported_results()
                yield from results[done:]
                done = len(results)
        except BaseException:
            node.end()
            raise
        self._idle = node
        if exception := closed.get("exception"):
            # Its name and its text are those of the JavaScript error, with its frames and causes.
            error = type(exception["name"], (NodeError,), {"__module__": "node"})(closed["text"])
            if (retry := closed.get("retry")) is None:
                raise error
            # A retry policy of the op would also retry a step that was terminated.
            raise dg.RetryRequested(retry["maxRetries"], retry["secondsToWait"]) from error

    def start(self) -> None:
        """Starts Node, which loads the definitions meanwhile."""
        self._idle = self._idle or _Node(self._command())
