"""Reads OpenLineage events with the classes of the OpenLineage client, which check them, and writes them again.

Usage: openlineage_events.py EVENTS_FILE > events.ndjson

Fails for a field that a class does not have, and for a value that it refuses.
"""

import json
import sys
from pathlib import Path

import attr
from openlineage.client import serde
from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    column_lineage_dataset,
    documentation_dataset,
    job_type_job,
    ownership_dataset,
    schema_dataset,
)

FACETS = {
    "schema": lambda facet: schema_dataset.SchemaDatasetFacet(
        fields=[schema_dataset.SchemaDatasetFacetFields(**field) for field in facet.pop("fields")], **facet
    ),
    "columnLineage": lambda facet: column_lineage_dataset.ColumnLineageDatasetFacet(
        fields={
            name: column_lineage_dataset.Fields(
                inputFields=[column_lineage_dataset.InputField(**each) for each in field.pop("inputFields")], **field
            )
            for name, field in facet.pop("fields").items()
        },
        **facet,
    ),
    "documentation": lambda facet: documentation_dataset.DocumentationDatasetFacet(**facet),
    "ownership": lambda facet: ownership_dataset.OwnershipDatasetFacet(
        owners=[ownership_dataset.Owner(**owner) for owner in facet.pop("owners")], **facet
    ),
    "jobType": lambda facet: job_type_job.JobTypeJobFacet(**facet),
}


def facets(given: dict) -> dict:
    found = {}
    for name, facet in given.items():
        schema_url = facet.pop("_schemaURL")
        facet["producer"] = facet.pop("_producer")
        found[name] = FACETS[name](facet)
        # The client writes the version of the specification that it knows.
        if found[name]._schemaURL != schema_url:
            raise SystemExit(f"{name} has the schema {schema_url}, and the client {found[name]._schemaURL}")
    return found


def dataset(kind: type, given: dict) -> object:
    return kind(given["namespace"], given["name"], facets=facets(given["facets"]))


def event(given: dict) -> RunEvent:
    job = given.pop("job")
    return RunEvent(
        eventType=RunState[given.pop("eventType")],
        eventTime=given["eventTime"],
        run=Run(**given["run"]),
        job=Job(job["namespace"], job["name"], facets=facets(job["facets"])),
        inputs=[dataset(InputDataset, each) for each in given["inputs"]],
        outputs=[dataset(OutputDataset, each) for each in given["outputs"]],
        producer=given["producer"],
    )


for line in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")[:-1]:
    read = event(json.loads(line))
    assert attr.has(type(read))
    print(serde.Serde.to_json(read))
