"""Loads organizations with DataHub's own connector for Sigma, and prints the edges between objects that it finds.

Each line on stdin is a case: {"id", "baseUrl", "clientId", "clientSecret"}. Each line on stdout is its outcome:
{"id", "edges": [{"from", "to"}], "warnings"} or {"id", "error"}, where `to` reads `from`. An object is {"type", "id"}:
documents and datasets by the id that Sigma gives them, tables by their names joined with dots, in lower case. Reads of a
document's elements count as reads of the document; DataHub's dataset of an element counts as its data model.
"""

import json
import logging
import os
import sys
import tempfile
import warnings
from urllib.parse import unquote

# DataHub reads these on import; even with telemetry disabled it creates a file in the home folder.
home = tempfile.TemporaryDirectory(prefix="dagster-sigma-datahub-")
os.environ.update(DATAHUB_TELEMETRY_ENABLED="false", HOME=home.name)

from datahub.ingestion.api.common import PipelineContext  # noqa: E402
from datahub.ingestion.source.sigma.sigma import SigmaSource  # noqa: E402
from datahub.metadata.schema_classes import (  # noqa: E402
    ChartInfoClass,
    DashboardInfoClass,
    DatasetPropertiesClass,
    UpstreamLineageClass,
)
from datahub.utilities.urns.dataset_urn import DatasetUrn  # noqa: E402

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


class Emitted:
    """What a run of the connector emits, by aspect; of an aspect emitted twice the last is kept, as in DataHub."""

    def __init__(self, source):
        self.by_type = {}
        for unit in source.get_workunits():
            aspect = unit.metadata.aspect
            self.by_type.setdefault(type(aspect), {})[unit.metadata.entityUrn] = aspect

    def of(self, aspect_type):
        return self.by_type.get(aspect_type, {}).items()


def dataset_ids(emitted):
    """Sigma's dataset ids by URN, which only contains the id of the dataset's page."""
    return {
        urn: aspect.customProperties["datasetId"]
        for urn, aspect in emitted.of(DatasetPropertiesClass)
        if "datasetId" in aspect.customProperties
    }


def workbooks_of_charts(emitted):
    """Ids of workbooks by chart: a workbook is a dashboard of pages, a page a dashboard of charts."""
    dashboards = dict(emitted.of(DashboardInfoClass))
    return {
        chart: unquote(urn.split(",", 1)[1].rstrip(")"))
        for urn, workbook in dashboards.items()
        for page in workbook.dashboards
        for chart in dashboards[page.destinationUrn].charts
    }


def object_of(urn, datasets):
    parsed = DatasetUrn.from_string(urn)
    if not parsed.platform.endswith(":sigma"):
        return ("table", parsed.name.lower())
    if urn in datasets:
        return ("dataset", datasets[urn])
    model, dot, _ = parsed.name.partition(".")
    return ("dataModel", model) if dot else ("dataset", parsed.name)


def edges_of(emitted):
    datasets = dataset_ids(emitted)
    edges = set()
    for urn, lineage in emitted.of(UpstreamLineageClass):
        if urn.startswith("urn:li:dataset:"):
            to = object_of(urn, datasets)
            edges.update((object_of(upstream.dataset, datasets), to) for upstream in lineage.upstreams)
    workbooks = workbooks_of_charts(emitted)
    for chart, info in emitted.of(ChartInfoClass):
        to = ("workbook", workbooks[chart])
        edges.update((object_of(read, datasets), to) for read in info.inputs or [] if read.startswith("urn:li:dataset:"))
    return [{"from": named(a), "to": named(b)} for a, b in sorted(edges) if a != b]


def named(of):
    return {"type": of[0], "id": of[1]}


def load(case):
    config = {
        "api_url": f"{case['baseUrl']}/v2",
        "client_id": case["clientId"],
        "client_secret": case["clientSecret"],
        # Otherwise everything outside of workspaces is omitted, including personal data models.
        "ingest_shared_entities": True,
    }
    source = SigmaSource.create(config, PipelineContext(run_id="conformance"))
    edges = edges_of(Emitted(source))
    report = source.get_report()
    source.close()
    if report.failures:
        raise RuntimeError("; ".join(f"{failure.title}: {failure.context}" for failure in report.failures))
    return {"edges": edges, "warnings": len(report.warnings)}


for line in sys.stdin:
    case = json.loads(line)
    try:
        outcome = {"id": case["id"], **load(case)}
    except BaseException as error:
        outcome = {"id": case["id"], "error": f"{type(error).__name__}: {error}"}
    print(json.dumps(outcome), flush=True)
