"""Calls a code location with Dagster's own client.

Each line on stdin is a call: {"port", "call": "health" | "server_id" | "list" | "repository" | "repository at once" | "reload" | "shutdown"}. Each
line on stdout is its result: {"result": ...} or {"error": ...}.
"""

import asyncio
import json
import sys
import warnings

warnings.simplefilter("ignore")

from dagster._core.remote_origin import RemoteRepositoryOrigin
from dagster._core.remote_origin import RegisteredCodeLocationOrigin
from dagster._grpc.client import DagsterGrpcClient


async def streamed(client, origin):
    chunks = client.gen_streaming_external_repository(origin, defer_snapshots=False)
    return sum([len(chunk["serialized_external_repository_chunk"]) async for chunk in chunks])


def answer(client, call):
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
        print(json.dumps({"result": answer(client, asked["call"])}), flush=True)
    except BaseException as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
