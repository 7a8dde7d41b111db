"""Materializes all workbooks of an organization with the real dagster-sigma, for benchmarks/materialize.mjs.

SERVED has "baseUrl", "clientId", "clientSecret"; SCALE divides the sleep of the library. The argument is the number of threads,
each of which materializes one workbook at a time. Loads the definitions, prints a line, waits for a line, materializes, and prints
{"finished": number of materialized sheets}.
"""

import json
import logging
import os
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import dagster_sigma.resource
from dagster_sigma import SigmaOrganization, load_sigma_asset_specs

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

served = json.loads(os.environ["SERVED"])
scale = float(os.environ["SCALE"])


def organization():
    return SigmaOrganization(
        base_url=served["baseUrl"], client_id=served["clientId"], client_secret=served["clientSecret"]
    )


loaded = load_sigma_asset_specs(organization(), fetch_column_data=False, fetch_lineage_data=False)
specs = [spec for spec in loaded if "workbook" in spec.kinds]
# Sigma issues one token a second, and threads would each request one.
time.sleep(1.1)
sigma = organization()
sigma.api_token
dagster_sigma.resource.time = SimpleNamespace(sleep=lambda seconds: time.sleep(seconds / scale))


def materialize(spec):
    for _ in sigma.run_materializations_for_workbook(spec):
        return len(spec.metadata["dagster_sigma/materialization_schedules"].value)


print("{}", flush=True)
sys.stdin.readline()
with ThreadPoolExecutor(int(sys.argv[1])) as pool:
    finished = sum(pool.map(materialize, specs))
print(json.dumps({"finished": finished}), flush=True)
sys.stdin.readline()
