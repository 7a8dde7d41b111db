"""Serializes and evaluates automation conditions with the real Dagster.

Each line of stdin is a question, each line of stdout its answer:
{"expressions": [Python text]}: one entry an expression, {"json": compact JSON} or {"refused": message}.
{"constructors": true}: the names of the static methods of AutomationCondition.
{"schedules": [cron schedule]}: one entry a schedule, whether Dagster accepts it.
{"assets": [asset], "ticks": [tick]}: one entry a tick, the keys that are requested in it. An asset is {"key", "deps",
"external", "virtual", "stub", "condition": JSON | null}; a tick is {"materialized": [key],
"observed": [key], "minutes": number}.
"""

import json
import sys
import warnings
from datetime import datetime, timedelta, timezone

warnings.filterwarnings("ignore")

import dagster as dg  # noqa: E402
from dagster._core.test_utils import freeze_time  # noqa: E402
from dagster._serdes import serialize_value  # noqa: E402
from dagster._utils.schedules import is_valid_cron_schedule  # noqa: E402

names = {"AC": dg.AutomationCondition, "S": dg.AssetSelection, "Key": dg.AssetKey, "timedelta": timedelta}


def compact(text):
    """The same JSON, in the same order, as JavaScript writes it."""
    return json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False)


def serialized(expression):
    try:
        return {"json": compact(serialize_value(eval(expression, dict(names))))}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}


def definition(asset):
    attributes = {
        "key": dg.AssetKey(asset["key"]),
        "deps": [dg.AssetKey(dep) for dep in asset["deps"]],
        "automation_condition": None if asset["condition"] is None else dg.deserialize_value(asset["condition"]),
    }
    if asset["virtual"]:
        attributes["is_virtual"] = True
    if asset["stub"]:
        attributes["metadata"] = {"dagster/auto_created_stub_asset": True}
    spec = dg.AssetSpec(**attributes)
    if asset["external"]:
        return spec

    @dg.multi_asset(name="_".join(asset["key"]), specs=[spec])
    def step():
        pass

    return step


def report(instance, keys):
    for key in keys:
        instance.report_runless_asset_event(dg.AssetMaterialization(dg.AssetKey(key)))


def observe(instance, keys, version):
    tags = {"dagster/data_version": version, "dagster/data_version_is_user_provided": "true"}
    for key in keys:
        instance.report_runless_asset_event(dg.AssetObservation(dg.AssetKey(key), tags=tags))


def requests(question):
    definitions = dg.Definitions(assets=[definition(asset) for asset in question["assets"]])
    conditioned = [asset["key"] for asset in question["assets"] if asset["condition"] is not None]
    time = datetime(2026, 1, 5, 5, 0, tzinfo=timezone.utc)
    cursor = None
    answers = []
    with dg.DagsterInstance.ephemeral() as instance:
        for tick in question["ticks"]:
            time += timedelta(minutes=tick["minutes"])
            with freeze_time(time):
                report(instance, tick["materialized"])
                observe(instance, tick["observed"], str(time))
            time += timedelta(seconds=30)
            with freeze_time(time):
                result = dg.evaluate_automation_conditions(definitions, instance, cursor=cursor, evaluation_time=time)
                requested = [key for key in conditioned if result.get_num_requested(dg.AssetKey(key)) > 0]
                # They are materialized by the run that follows.
                report(instance, requested)
            cursor = result.cursor
            answers.append(requested)
    return answers


def answer(question):
    if "expressions" in question:
        return [serialized(expression) for expression in question["expressions"]]
    if "constructors" in question:
        return [name for name, value in vars(dg.AutomationCondition).items() if isinstance(value, staticmethod)]
    if "schedules" in question:
        return [is_valid_cron_schedule(schedule) for schedule in question["schedules"]]
    return requests(question)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
