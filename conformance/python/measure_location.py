"""Measures a code location with Dagster's host code.

Each line on stdin is {"port", "do": "ready" | "measure" | "reload"}; each line on stdout its result. "ready" waits until the
location lists its repository; "measure" gives the median ms of the repository call and of loading the complete location.
"""

import json
import statistics
import sys
import time
import warnings

warnings.simplefilter("ignore")

import logging

logging.disable(logging.CRITICAL)

from dagster import DagsterInstance
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RegisteredCodeLocationOrigin, RemoteRepositoryOrigin
from dagster._grpc.client import DagsterGrpcClient

RUNS = 3


def client_of(port):
    return DagsterGrpcClient(port=port, host="127.0.0.1")


def ready(port):
    while True:
        try:
            if "repository_symbols" in json.loads(client_of(port).list_repositories()):
                return {}
        except Exception:
            pass
        time.sleep(0.02)


def timed(call):
    started = time.time()
    call()
    return (time.time() - started) * 1000


def measure(port):
    client = client_of(port)
    origin = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("x"), "__repository__")
    size = len(client.external_repository(origin, defer_snapshots=True))
    rpc = [timed(lambda: client.external_repository(origin, defer_snapshots=True)) for _ in range(RUNS)]
    location = GrpcServerCodeLocationOrigin(host="127.0.0.1", port=port, location_name="x")

    def load():
        with DagsterInstance.ephemeral() as instance:
            location.create_location(instance).cleanup()

    return {"bytes": size, "rpcMs": statistics.median(rpc), "loadMs": statistics.median(timed(load) for _ in range(RUNS))}


def reload(port):
    return {"reloadMs": timed(lambda: client_of(port).reload_code(timeout=300))}


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"ready": ready, "measure": measure, "reload": reload}[asked["do"]](asked["port"])), flush=True)
