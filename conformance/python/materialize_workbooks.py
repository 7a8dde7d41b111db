"""Materializes workbooks with the real dagster-sigma.

Each line on stdin is a case: {"loadFrom", "name", "runOn", "documentIds", "inDagster", "sleepScale", "maxSleeps"}, where "loadFrom" and
"runOn" have "baseUrl", "clientId" and "clientSecret": the specs are loaded from one server, once per name, and the workbooks are
materialized on another one, because each allows one sign-in per second. Each line on stdout is its outcome: {"workbooks": [...], "pauses"}.

Nothing of the library is replaced but the sleep between its requests for statuses, which is counted and shortened. A wait that
does not end is ended after maxSleeps.
"""

import json
import logging
import sys
import time
import warnings
from types import SimpleNamespace

import dagster_sigma.resource
from dagster import DagsterInstance, materialize
from dagster_sigma import SigmaOrganization, load_sigma_asset_specs
from dagster_sigma.assets import build_materialize_workbook_assets_definition

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


class StillWaiting(BaseException):
    """Not an Exception, so that no code of the library handles it."""


class Sleeps:
    def __init__(self, case):
        self.pauses = []
        self.scale = case["sleepScale"]
        self.most = case["maxSleeps"]

    def sleep(self, seconds):
        self.pauses.append(seconds)
        if len(self.pauses) > self.most:
            raise StillWaiting(f"after {self.most} sleeps of {seconds} s")
        time.sleep(seconds * self.scale)


def organization(served):
    return SigmaOrganization(
        base_url=served["baseUrl"], client_id=served["clientId"], client_secret=served["clientSecret"]
    )


def outcome(error=None, events=()):
    return {"error": error, "metadata": [sorted(event.metadata) for event in events]}


def described(error):
    response = getattr(error, "response", None)
    status = getattr(response, "status_code", None)
    return {"type": type(error).__name__, "message": str(error), "status": status}


def run_directly(sigma, spec):
    """What the body of the asset does."""
    try:
        return outcome(events=list(sigma.run_materializations_for_workbook(spec)))
    except BaseException as error:
        return outcome(error=described(error))


def run_as_assets(sigma, specs):
    """A run of Dagster in this process, one asset after the other."""
    assets = [build_materialize_workbook_assets_definition("sigma", spec) for spec in specs]
    with DagsterInstance.ephemeral() as instance:
        result = materialize(assets, resources={"sigma": sigma}, instance=instance, raise_on_error=False)
    errors = {
        event.step_key: event.step_failure_data.error.cause or event.step_failure_data.error
        for event in result.all_events
        if event.is_step_failure
    }
    outcomes = []
    for asset, spec in zip(assets, specs):
        error = errors.get(asset.node_def.name)
        outcomes.append(
            outcome(
                error=None if error is None else {"type": error.cls_name, "message": error.message, "status": None},
                events=[
                    event.step_materialization_data.materialization
                    for event in result.get_asset_materialization_events()
                    if event.asset_key == spec.key
                ],
            )
        )
    return outcomes


loaded = {}


def specs_by_id(name, served):
    if name not in loaded:
        loaded[name] = load_sigma_asset_specs(
            organization(served), fetch_column_data=False, fetch_lineage_data=False
        )
    return {spec.metadata["dagster_sigma/workbook_id"]: spec for spec in loaded[name]}


def run(case):
    sleeps = Sleeps(case)
    dagster_sigma.resource.time = SimpleNamespace(sleep=sleeps.sleep)
    by_id = specs_by_id(case["name"], case["loadFrom"])
    ids = case["documentIds"]
    if any(document_id not in by_id for document_id in ids):
        return {"workbooks": None, "pauses": []}
    specs = [by_id[document_id] for document_id in ids]
    sigma = organization(case["runOn"])
    workbooks = run_as_assets(sigma, specs) if case["inDagster"] else [run_directly(sigma, spec) for spec in specs]
    return {"workbooks": workbooks, "pauses": sorted(set(sleeps.pauses))}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
