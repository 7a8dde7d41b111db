"""Polls a code location as Dagster does, until stdin is closed; then prints {"polls", "medianMs", "p99Ms", "longestMs", "failed"}.

Arguments: port, pause between two polls in ms.
"""

import json
import statistics
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore")

from dagster._grpc.client import DagsterGrpcClient

client = DagsterGrpcClient(port=int(sys.argv[1]), host="127.0.0.1")
pause = int(sys.argv[2]) / 1000
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
times, failed = [], 0
while not ended.wait(pause):
    begun = time.perf_counter()
    try:
        client.ping("")
        times.append((time.perf_counter() - begun) * 1000)
    except Exception:
        failed += 1
times.sort()
print(
    json.dumps(
        {
            "polls": len(times),
            "medianMs": statistics.median(times),
            "p99Ms": times[int(len(times) * 0.99)],
            "longestMs": times[-1],
            "failed": failed,
        }
    )
)
