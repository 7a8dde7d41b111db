"""One op per asset, and per check that has code of its own: each is a step with its own retries and log."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_typescript.config_schema import config_field
from dagster_typescript.node import NodePipes

# Shared by all ops: making them for each took a fifth of the time to load.
_INPUT = dg.In(dg.Nothing)
_REQUIRED_OUTPUT = dg.Out(dg.Nothing)
_OPTIONAL_OUTPUT = dg.Out(dg.Nothing, is_required=False)


def executable_asset(asset: Mapping[str, Any], spec: dg.AssetSpec, pipes: NodePipes) -> dg.AssetsDefinition:
    checks = {f"check_{check['name']}": dg.AssetCheckSpec(asset=spec.key, **check) for check in asset["checks"]}
    inputs = {f"dep_{number}": dep.asset_key for number, dep in enumerate(spec.deps)}
    outputs = dict.fromkeys(("result", *checks), _OPTIONAL_OUTPUT if checks else _REQUIRED_OUTPUT)
    return dg.AssetsDefinition(
        node_def=_op({**asset, "description": spec.description}, inputs, outputs, spec.key, pipes),
        keys_by_input_name=inputs,
        keys_by_output_name={"result": spec.key},
        check_specs_by_output_name=checks,
        specs=[spec],
        can_subset=bool(checks),
    )


def executable_check(check: Mapping[str, Any], pipes: NodePipes) -> dg.AssetChecksDefinition:
    key = dg.AssetKey(check["asset"])
    output = f"check_{check['name']}"
    inputs = {"dep_0": key}
    spec = dg.AssetCheckSpec(check["name"], asset=key, description=check["description"], blocking=check["blocking"])
    return dg.AssetChecksDefinition.create(
        node_def=_op(check, inputs, {output: _REQUIRED_OUTPUT}, key, pipes, check["name"]),
        keys_by_input_name=inputs,
        check_specs_by_output_name={output: spec},
        can_subset=False,
    )


def _op(
    step: Mapping[str, Any],
    inputs: Mapping[str, dg.AssetKey],
    outputs: Mapping[str, dg.Out],
    key: dg.AssetKey,
    pipes: NodePipes,
    check: str | None = None,
) -> dg.OpDefinition:
    def compute(context, _inputs: Mapping[str, Any]):
        yield from pipes.run_step(context, key, step["digest"], check)

    config = step.get("config_schema")
    return dg.OpDefinition(
        compute_fn=compute,
        name=step["op"],
        description=step["description"],
        ins=dict.fromkeys(inputs, _INPUT),
        outs=outputs,
        config_schema=None if config is None else config_field(config, step["op"]),
        pool=step.get("pool"),
    )
