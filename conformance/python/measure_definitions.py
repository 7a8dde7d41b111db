"""Measures how long definitions take to build from an exported JSON file, and how much memory they need.

Usage: measure_definitions.py FILE

Prints {"importS", "definitionsS", "repositoryS", "assets", "executable", "importMiB", "peakMiB"}.
"""

import json
import resource
import sys
from time import perf_counter


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


times = [perf_counter()]
from dagster_typescript import load_definitions  # noqa: E402

times.append(perf_counter())
import_mib = peak_mib()
definitions = load_definitions(sys.argv[1])
times.append(perf_counter())
repository = definitions.get_repository_def()
times.append(perf_counter())
graph = repository.asset_graph
print(
    json.dumps(
        {
            "importS": times[1] - times[0],
            "definitionsS": times[2] - times[1],
            "repositoryS": times[3] - times[2],
            "assets": len(graph.get_all_asset_keys()),
            "executable": len(graph.executable_asset_keys),
            "importMiB": import_mib,
            "peakMiB": peak_mib(),
        }
    )
)
