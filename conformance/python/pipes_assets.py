"""Materializes assets by `dagster-sigma run-steps` as a process of Dagster Pipes, over each kind of channel.

Usage: pipes_assets.py KEY,KEY,… COMMAND [ARGUMENT …]

Prints for each key and kind {"success": bool, "metadata": [{…}], "errors": [message, …], "logs": [message, …]}. "files" is PipesSubprocessClient
as it is; "stdout" passes the context in a variable and reads the messages from stdout, as clients for containers do.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import dagster as dg
from dagster._core.pipes.utils import extract_message_or_forward_to_stdout

keys, *command = sys.argv[1:]


class StdoutReader(dg.PipesMessageReader):
    @contextmanager
    def read_messages(self, handler):
        self.handler = handler
        yield {"stdio": "stdout"}

    def no_messages_debug_text(self):
        return "Messages are read from stdout."


def files(context: dg.AssetExecutionContext, client: dg.PipesSubprocessClient):
    return client.run(context=context, command=command).get_materialize_result()


def stdout(context: dg.AssetExecutionContext):
    reader = StdoutReader()
    with dg.open_pipes_session(context, dg.PipesEnvContextInjector(), reader) as session:
        env = {**os.environ, **session.get_bootstrap_env_vars()}
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                extract_message_or_forward_to_stdout(reader.handler, line)
        if process.returncode != 0:
            raise RuntimeError(f"The process ended with {process.returncode}.")
    return session.get_results()


def text_of(entry):
    """The message, with the error that Pipes reported."""
    data = entry.dagster_event.event_specific_data if entry.dagster_event else None
    error = getattr(data, "error", None)
    return entry.user_message if error is None else f"{entry.user_message} {error.message.strip()}"


def materialize(function, key):
    asset = dg.asset(key=[key])(function)
    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"client": dg.PipesSubprocessClient()}
        result = dg.materialize([asset], instance=instance, resources=resources, raise_on_error=False)
        entries = instance.all_logs(result.run_id)
        materializations = [event for event in result.all_events if event.is_step_materialization]
        return {
            "success": result.success,
            "metadata": [
                {label: value.value for label, value in event.materialization.metadata.items()} for event in materializations
            ],
            "errors": [
                event.step_failure_data.error.cause.message.strip()
                for event in result.all_events
                if event.is_step_failure
            ],
            "logs": [text_of(entry) for entry in entries],
        }


outcomes = {key: {kind.__name__: materialize(kind, key) for kind in (files, stdout)} for key in keys.split(",")}
sys.stderr.write(json.dumps(outcomes) + "\n")
