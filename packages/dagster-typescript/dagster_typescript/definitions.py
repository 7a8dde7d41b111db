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
from dagster_typescript.sensors import build_sensors

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
    # Joining with an absolute path returns that path.
    file = (Path(inspect.stack()[1].filename).parent / path).resolve()
    given = None if command is None else list(command)
    document, runs = read_document(file, given)
    if runs is None:
        return build_definitions(document, None, executor)

    def run(name: str) -> list[str]:
        return [*(given or node_command(runs)), name, "-f", str(runs)]

    sensors = build_sensors(document, run, runs)
    return build_definitions(document, NodePipes(lambda: run("run-steps")), executor, **sensors)


def build_definitions(
    document: Mapping[str, Any],
    pipes: NodePipes | None,
    executor: dg.ExecutorDefinition | None,
    *,
    sensors: Sequence[dg.SensorDefinition] = (),
    asset_checks: Sequence[dg.AssetChecksDefinition] = (),
) -> dg.Definitions:
    with without_api_warnings():
        assets = [_asset(asset, pipes) for asset in document["assets"]]
        checks = [executable_check(check, pipes) for check in document["checks"] if pipes]
    return dg.Definitions(assets=assets, asset_checks=[*asset_checks, *checks], sensors=sensors, executor=executor)


def _asset(asset: Mapping[str, Any], pipes: NodePipes | None) -> dg.AssetSpec | dg.AssetsDefinition:
    try:
        spec = _spec(asset)
    except Exception as error:
        raise dg.DagsterInvalidDefinitionError(f"The asset {'/'.join(asset['key'])} cannot be loaded: {error}") from error
    return spec if asset["op"] is None or pipes is None else executable_asset(asset, spec, pipes)


def _spec(asset: Mapping[str, Any]) -> dg.AssetSpec:
    given = {**asset["spec"], **_deserialize(asset["serialized"]), "kinds": set(asset["kinds"]) or None}
    # What this version of Dagster does not have is left out.
    known = {name: value for name, value in given.items() if name in _SPEC_PARAMETERS}
    return dg.AssetSpec(dg.AssetKey(asset["key"]), deps=[_dep(dep) for dep in asset["deps"]], **known)


def _dep(dep: Mapping[str, Any]) -> dg.AssetDep:
    has_metadata = _DEP_HAS_METADATA and dep["serialized"]["metadata"]
    return dg.AssetDep(dg.AssetKey(dep["key"]), **(_deserialize(dep["serialized"]) if has_metadata else {}))


def _deserialize(serialized: Mapping[str, Any]) -> dict[str, Any]:
    return dg.deserialize_value(json.dumps(serialized), dict)
