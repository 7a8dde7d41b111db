"""Calls a code location with Dagster's own client.

Each line on stdin is a call: {"port", "call": "health" | "server_id" | "list" | "repository" | "repository at once" | "reload" | "shutdown"}, or
{"port", "call": "sensor", "sensor": name, "cursor"}. Each
line on stdout is its result: {"result": ...} or {"error": ...}.
"""

import asyncio
import json
import sys
import warnings

warnings.simplefilter("ignore")

from dagster._core.definitions.sensor_definition import SensorExecutionData
from dagster._core.remote_origin import RemoteRepositoryOrigin
from dagster._core.remote_origin import RegisteredCodeLocationOrigin
from dagster._grpc.client import DagsterGrpcClient
from dagster._grpc.types import SensorExecutionArgs
from dagster_shared.serdes import deserialize_value


async def streamed(client, origin):
    chunks = client.gen_streaming_external_repository(origin, defer_snapshots=False)
    return sum([len(chunk["serialized_external_repository_chunk"]) async for chunk in chunks])


def evaluated(client, sensor, cursor):
    origin = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("x"), "__repository__")
    args = SensorExecutionArgs(
        repository_origin=origin, instance_ref=None, sensor_name=sensor, cursor=cursor, log_key=[]
    )
    data = deserialize_value(client.external_sensor_execution(args), SensorExecutionData)
    return {
        "events": [f"{each.asset_key.to_user_string()} {each.check_name}" for each in data.asset_events],
        "cursor": data.cursor,
        "skipMessage": data.skip_message,
    }


def answer(client, asked):
    call = asked["call"]
    if call == "sensor":
        return evaluated(client, asked["sensor"], asked["cursor"])
    if call == "health":
        return client.health_check_query()
    if call == "server_id":
        return client.get_server_id()
    if call == "list":
        return json.loads(client.list_repositories())
    if call == "repository":
        origin = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("x"), "__repository__")
        return len(client.external_repository(origin))
    if call == "repository at once":
        origin = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("x"), "__repository__")
        return asyncio.run(streamed(client, origin))
    if call == "reload":
        client.reload_code(timeout=60)
        return None
    if call == "shutdown":
        return json.loads(client.shutdown_server())
    raise ValueError(call)


clients = {}
for line in sys.stdin:
    asked = json.loads(line)
    port = asked["port"]
    client = clients.setdefault(port, DagsterGrpcClient(port=port, host="127.0.0.1"))
    try:
        print(json.dumps({"result": answer(client, asked)}), flush=True)
    except BaseException as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
