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
from dagster_typescript.ops import executable_asset, executable_check

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
        checks = [executable_check(check, pipes) for check in document.get("checks", ()) if pipes]
    return dg.Definitions(assets=assets, asset_checks=checks, executor=executor)


def _beside_caller(path: Path) -> Path:
    frame = inspect.stack()[2]
    return path if path.is_absolute() else (Path(frame.filename).parent / path).resolve()


def _asset(asset: Mapping[str, Any], pipes: NodePipes | None) -> dg.AssetSpec | dg.AssetsDefinition:
    try:
        spec = _spec(asset)
    except Exception as error:
        raise dg.DagsterInvalidDefinitionError(f"The asset {'/'.join(asset['key'])} cannot be loaded: {error}") from error
    return spec if asset["op"] is None or pipes is None else executable_asset(asset, spec, pipes)


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
