"""Loads organizations with castor-extractor's own client for Sigma, and prints what it extracts.

Each line on stdin is a case: {"id", "baseUrl", "clientId", "clientSecret"}. Each line on stdout is its outcome:
{"id", "documents": [id], "elements": [[workbook id, element id]], "lineage": [[data model id, element id]],
"edges": [{"from", "to"}], "statements"} or {"id", "error"}, where `to` reads `from`. A table is its names joined with
dots, in lower case; everything else is the id that Sigma gives it. castor does not read SQL: `statements` counts it.
"""

import json
import logging
import sys
import time

import requests

# castor waits between requests to spare Sigma; the sandbox needs no sparing, except that it issues one token a second.
wait = time.sleep
time.sleep = lambda _seconds: None
last_token = {"at": 0.0}

# castor speaks HTTPS only, and the sandbox HTTP.
request_over_tls = requests.Session.request


def request_in_clear(session, method, url, **options):
    if url.endswith("/v2/auth/token"):
        wait(max(0.0, last_token["at"] + 1.1 - time.monotonic()))
        last_token["at"] = time.monotonic()
    return request_over_tls(session, method, url.replace("https://127.0.0.1:", "http://127.0.0.1:", 1), **options)


requests.Session.request = request_in_clear

from castor_extractor.visualization.sigma import SigmaClient, SigmaCredentials  # noqa: E402
from castor_extractor.visualization.sigma.assets import SigmaAsset  # noqa: E402
from castor_extractor.visualization.sigma.extract import iterate_all_data  # noqa: E402

logging.disable(logging.CRITICAL)


def source_of(source):
    """The object that a row of sources names; None for a table without path."""
    kind = source["type"]
    if kind == "table":
        path = source.get("path")
        return None if not path else ".".join(path).lower()
    if kind == "data-model":
        return source["dataModelId"]
    return source.get("inodeId") or source.get("datasetId")


def load(case):
    credentials = SigmaCredentials(
        host=case["baseUrl"].removeprefix("http://"), client_id=case["clientId"], api_token=case["clientSecret"]
    )
    extracted = {asset: list(rows) for asset, rows in iterate_all_data(SigmaClient(credentials))}
    edges = []
    statements = 0
    for asset in (SigmaAsset.WORKBOOK_SOURCES, SigmaAsset.DATAMODEL_SOURCES, SigmaAsset.DATASET_SOURCES):
        for document in extracted[asset]:
            for source in document["sources"]:
                if source["type"] == "custom-sql":
                    statements += 1
                elif (found := source_of(source)) is not None:
                    edges.append({"from": found, "to": document["asset_id"]})
    return {
        "documents": [
            *(row["workbookId"] for row in extracted[SigmaAsset.WORKBOOKS]),
            *(row["dataModelId"] for row in extracted[SigmaAsset.DATAMODELS]),
            *(row["datasetId"] for row in extracted[SigmaAsset.DATASETS]),
        ],
        "elements": [[row["workbook_id"], row["elementId"]] for row in extracted[SigmaAsset.ELEMENTS]],
        "lineage": [
            [model["dataModelId"], element["elementId"]]
            for model in extracted[SigmaAsset.DATAMODEL_LINEAGE]
            for element in model["elements"]
        ],
        "edges": edges,
        "statements": statements,
    }


for line in sys.stdin:
    case = json.loads(line)
    try:
        outcome = {"id": case["id"], **load(case)}
    except BaseException as error:
        outcome = {"id": case["id"], "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(outcome), flush=True)
