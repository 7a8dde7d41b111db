"""Loads TypeScript definitions with any supported version of Dagster, and materializes their executable assets.

Usage: materialize_typescript.py DEFINITIONS_FILE

Prints {"version": text, "assets": [key, …], "materialized": {key: {label: value}}, "checks": {name: passed}, "failed": {step: message},
"ticks": {sensor: [cursor, [names of checks]]}}.
"""

import gc
import json
import sys

import dagster as dg
from dagster_typescript import load_definitions

# The generator of a failed step stays in memory, as it may in any run.
gc.disable()
definitions = load_definitions(sys.argv[1], executor=dg.in_process_executor)
repository = definitions.get_repository_def()
with dg.DagsterInstance.ephemeral() as instance:
    ticks = {sensor.name: sensor.evaluate_tick(dg.build_sensor_context(instance)) for sensor in definitions.sensors}
    assets = [*definitions.assets, *definitions.asset_checks]
    result = dg.materialize(assets, instance=instance, raise_on_error=False)
events = result.all_events
materializations = [event.materialization for event in events if event.is_step_materialization]
checks = [event.asset_check_evaluation_data for event in events if event.event_type_value == "ASSET_CHECK_EVALUATION"]
print(
    json.dumps(
        {
            "version": dg.__version__,
            "assets": sorted(key.to_user_string() for key in repository.asset_graph.get_all_asset_keys()),
            "ticks": {name: [tick.cursor, [event.check_name for event in tick.asset_events]] for name, tick in ticks.items()},
            "materialized": {
                each.asset_key.to_user_string(): {label: value.value for label, value in each.metadata.items()}
                for each in materializations
            },
            "checks": {check.check_name: check.passed for check in checks},
            "failed": {
                event.step_key: (event.step_failure_data.error.cause or event.step_failure_data.error).to_string() for event in events if event.is_step_failure
            },
        }
    )
)
