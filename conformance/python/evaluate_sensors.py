"""Evaluates the sensors of TypeScript definitions with the real Dagster, and runs the checks whose results they report.

Usage: evaluate_sensors.py DEFINITIONS_FILE CHECK_NAME

Evaluates each sensor twice; each evaluation gets the cursor of the one before, and its events are stored, as Dagster's daemon does. Then a
run executes the checks of the given name. Prints {"sensors": {name: {"interval", "status", "evaluations": [{"events", "skip"}], "error"}},
"stored": {check: passed}, "executed": {check: passed}}.
"""

import json
import sys

import dagster as dg
from dagster_typescript import load_definitions


def described(event):
    kind = type(event).__name__
    return f"{kind} {event.asset_key.to_user_string()} {getattr(event, 'check_name', '')}".strip()


definitions = load_definitions(sys.argv[1], executor=dg.in_process_executor)
repository = definitions.get_repository_def()
sensors = {}
with dg.DagsterInstance.ephemeral() as instance:
    for sensor in repository.sensor_defs:
        if sensor.name == "default_automation_condition_sensor":
            continue
        cursor = None
        evaluations = []
        error = None
        for _ in range(2):
            context = dg.build_sensor_context(instance, cursor=cursor, repository_def=repository)
            try:
                result = sensor.evaluate_tick(context)
            except Exception as thrown:
                error = str(thrown)
                break
            for event in result.asset_events:
                instance.report_runless_asset_event(event)
            cursor = result.cursor
            # Dagster has a skip message of its own for a result without runs.
            skip = None if result.asset_events else result.skip_message
            evaluations.append({"events": sorted(map(described, result.asset_events)), "skip": skip})
        sensors[sensor.name] = {
            "interval": sensor.minimum_interval_seconds,
            "status": sensor.default_status.value,
            "evaluations": evaluations,
            "error": error,
        }
    keys = repository.asset_graph.asset_check_keys
    stored = {
        f"{key.asset_key.to_user_string()} {key.name}": record.event.dagster_event.event_specific_data.passed
        for key in keys
        for record in instance.event_log_storage.get_asset_check_execution_history(key, limit=1)
    }
    selected = dg.AssetSelection.checks(*[key for key in keys if key.name == sys.argv[2]])
    job = dg.define_asset_job("checks", selection=selected)
    resolved = dg.Definitions.merge(definitions, dg.Definitions(jobs=[job])).get_repository_def().get_job("checks")
    result = resolved.execute_in_process(instance=instance)
    executed = {
        f"{each.asset_key.to_user_string()} {each.check_name}": each.passed for each in result.get_asset_check_evaluations()
    }
print(json.dumps({"sensors": sensors, "stored": stored, "executed": executed}))
