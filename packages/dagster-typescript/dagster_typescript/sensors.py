"""Sensors that are written in TypeScript, and the checks whose results they report. Each evaluation is a process of Node."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_typescript.api_warnings import without_api_warnings
from dagster_typescript.document import run_node

Evaluate = Callable[[str | None], dg.SensorResult]


def build_sensors(document: Mapping[str, Any], command: Callable[[str], list[str]], file: Path) -> dict[str, Any]:
    """The arguments of `Definitions` for them."""

    def evaluate(name: str, cursor: str | None) -> dg.SensorResult:
        request = json.dumps({"sensor_name": name, "cursor": cursor})
        result = dg.deserialize_value(run_node(command("run-sensor"), file, f"The sensor {name} failed.", request))
        with without_api_warnings():
            return dg.SensorResult(None, result.skip_message, result.cursor, asset_events=result.asset_events)

    sensors = [(sensor, partial(evaluate, sensor["spec"]["name"])) for sensor in document["sensors"]]
    checks = [_checks(op, evaluate) for sensor, evaluate in sensors for op in sensor["check_ops"]]
    return {"sensors": [_sensor(*each) for each in sensors], "asset_checks": checks}


def _sensor(sensor: Mapping[str, Any], evaluate: Evaluate) -> dg.SensorDefinition:
    status = dg.DefaultSensorStatus[sensor["default_status"]]
    return dg.SensorDefinition(evaluation_fn=lambda context: evaluate(context.cursor), default_status=status, **sensor["spec"])


def _checks(op: Mapping[str, Any], evaluate: Evaluate) -> dg.AssetChecksDefinition:
    """Dagster has no check without an op. A run of this one evaluates the sensor from its beginning."""

    @dg.multi_asset_check(name=op["name"], specs=[dg.AssetCheckSpec(**check) for check in op["checks"]], can_subset=True)
    def reported(context: dg.AssetCheckExecutionContext) -> Iterator[Any]:
        missing, cursor = set(context.selected_asset_check_keys), None
        while missing:
            result = evaluate(cursor)
            if not result.asset_events:
                names = ", ".join(sorted(f"{key.name} of {key.asset_key.to_user_string()}" for key in missing))
                raise dg.Failure(f"The sensor reported no result of {names}.")
            events = [event for event in result.asset_events if getattr(event, "asset_check_key", None) in missing]
            yield from events
            missing -= {event.asset_check_key for event in events}
            cursor = result.cursor

    return reported
