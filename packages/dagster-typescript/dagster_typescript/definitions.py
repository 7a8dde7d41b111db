"""Makes Dagster's own definitions from definitions that are written in TypeScript."""

import inspect
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_typescript.api_warnings import without_api_warnings
from dagster_typescript.document import node_command, read_document
from dagster_typescript.node import NodePipes

OUTPUT = "result"

# Shared by all ops: making them for each took a fifth of the time to load.
_INPUT = dg.In(dg.Nothing)
_REQUIRED_OUTPUT = dg.Out(dg.Nothing)
_OPTIONAL_OUTPUT = dg.Out(dg.Nothing, is_required=False)

# Dagster 1.9.13 to 1.13 have different parameters.
_SPEC_PARAMETERS = inspect.signature(dg.AssetSpec.__new__).parameters
_DEP_HAS_METADATA = "metadata" in inspect.signature(dg.AssetDep.__new__).parameters


def load_definitions(
    path: str | Path,
    *,
    command: Sequence[str] | None = None,
    executor: dg.ExecutorDefinition | None = None,
) -> dg.Definitions:
    """Loads definitions from a TypeScript file, or from a JSON file that `dagster-sigma export dagster-python` wrote.

    Args:
        path: The file, relative to the caller's file or absolute.
        command: Command line of dagster-sigma. By default the package that is installed beside the file, or the variable
            DAGSTER_SIGMA_COMMAND.
        executor: Executor of the definitions. With `dagster.in_process_executor`, all steps of a run share one Node process.
            None if other definitions of the code location set it.
    """
    file = _beside_caller(Path(path))
    given = None if command is None else list(command)
    document, runs = read_document(file, given)
    # Without Node, definitions of a JSON file are still shown.
    pipes = NodePipes(lambda: [*(given or node_command(runs)), "run-steps", "-f", str(runs)]) if runs else None
    return build_definitions(document, pipes, executor)


def build_definitions(
    document: Mapping[str, Any], pipes: NodePipes | None, executor: dg.ExecutorDefinition | None
) -> dg.Definitions:
    with without_api_warnings():
        assets = [_asset(asset, pipes) for asset in document["assets"]]
    return dg.Definitions(assets=assets, executor=executor)


def _beside_caller(path: Path) -> Path:
    frame = inspect.stack()[2]
    return path if path.is_absolute() else (Path(frame.filename).parent / path).resolve()


def _asset(asset: Mapping[str, Any], pipes: NodePipes | None) -> dg.AssetSpec | dg.AssetsDefinition:
    try:
        spec = _spec(asset)
    except Exception as error:
        raise dg.DagsterInvalidDefinitionError(f"The asset {'/'.join(asset['key'])} cannot be loaded: {error}") from error
    return spec if asset["op"] is None or pipes is None else _executable(asset, spec, pipes)


def _spec(asset: Mapping[str, Any]) -> dg.AssetSpec:
    serialized = _deserialize(asset["serialized"])
    optional = {
        "is_virtual": asset.get("is_virtual") or None,
        "skippable": asset.get("skippable") or None,
        "automation_condition": serialized.get("automation_condition"),
        "freshness_policy": serialized.get("freshness_policy"),
    }
    # What this version of Dagster does not have is left out.
    known = {name: value for name, value in optional.items() if value is not None and name in _SPEC_PARAMETERS}
    return dg.AssetSpec(
        dg.AssetKey(asset["key"]),
        deps=[_dep(dep) for dep in asset["deps"]],
        description=asset["description"],
        metadata=serialized["metadata"],
        group_name=asset["group"],
        code_version=asset["code_version"],
        owners=asset["owners"],
        tags=asset["tags"],
        kinds=set(asset["kinds"]) or None,
        **known,
    )


def _dep(dep: Mapping[str, Any]) -> dg.AssetDep:
    key = dg.AssetKey(dep["key"])
    if not _DEP_HAS_METADATA or not dep["serialized"]["metadata"]:
        return dg.AssetDep(key)
    return dg.AssetDep(key, metadata=_deserialize(dep["serialized"])["metadata"])


def _deserialize(serialized: Mapping[str, Any]) -> dict[str, Any]:
    return dg.deserialize_value(json.dumps(serialized), dict)


def _executable(asset: Mapping[str, Any], spec: dg.AssetSpec, pipes: NodePipes) -> dg.AssetsDefinition:
    """One op per asset, so that each is a step of its own, with its own retries and log."""
    checks = {
        f"check_{check['name']}": dg.AssetCheckSpec(
            check["name"],
            asset=spec.key,
            description=check["description"],
            blocking=check.get("blocking", False),
        )
        for check in asset["checks"]
    }
    inputs = {f"dep_{number}": dep.asset_key for number, dep in enumerate(spec.deps)}

    def compute(context: dg.AssetExecutionContext, _inputs: Mapping[str, Any]):
        yield from pipes.run_step(context, spec.key, asset["digest"])

    op = dg.OpDefinition(
        compute_fn=compute,
        name=asset["op"],
        description=asset["description"],
        ins=dict.fromkeys(inputs, _INPUT),
        outs=dict.fromkeys((OUTPUT, *checks), _OPTIONAL_OUTPUT if checks else _REQUIRED_OUTPUT),
    )
    return dg.AssetsDefinition(
        node_def=op,
        keys_by_input_name=inputs,
        keys_by_output_name={OUTPUT: spec.key},
        check_specs_by_output_name=checks,
        specs=[spec],
        can_subset=bool(checks),
    )
