"""Loads component files with the real `dagster_sigma.SigmaComponent`.

Each line on stdin is a case: {"yaml", "variables", "module", "isDev"}: the text of a `defs.yaml`; environment variables; the source of a module
`custom_components`, or null; whether `dagster dev` is running, which fetches the state. Each line on stdout is {"stages": [[spec, ...], ...]}: the
assets of a first load, and without `isDev` also of a load after the state was fetched; or {"error"}.
"""

import asyncio
import json
import logging
import os
import sys
import tempfile
import types
import warnings

import dagster as dg
from dagster._core.instance_for_test import instance_for_test
from dagster._utils.test.definitions import scoped_definitions_load_context
from dagster.components.testing import create_defs_folder_sandbox
from dagster_sigma import SigmaComponent

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def asset(spec):
    condition = spec.automation_condition
    policy = spec.freshness_policy
    raw = lambda value: getattr(value, "value", value)
    return {
        "key": list(spec.key.path),
        "group": spec.group_name,
        "owners": list(spec.owners),
        "tags": {name: value for name, value in spec.tags.items() if not name.startswith("dagster/kind/")},
        "kinds": sorted(spec.kinds),
        "codeVersion": spec.code_version,
        "description": spec.description,
        "skippable": spec.skippable,
        "deps": sorted("/".join(dep.asset_key.path) for dep in spec.deps),
        "condition": json.loads(dg.serialize_value(condition)) if condition else None,
        "freshness": [policy.fail_window.to_timedelta().total_seconds(), policy.warn_window and policy.warn_window.to_timedelta().total_seconds()]
        if policy
        else None,
        "metadata": {label: raw(value) for label, value in spec.metadata.items() if not label.startswith("dagster")},
    }


def load(sandbox, defs_path, is_dev, stages):
    os.environ.pop("DAGSTER_IS_DEV_CLI", None)
    if is_dev:
        os.environ["DAGSTER_IS_DEV_CLI"] = "1"
    with scoped_definitions_load_context(), sandbox.load_component_and_build_defs(defs_path=defs_path) as (component, defs):
        specs = defs.resolve_all_asset_specs()
        stages.append([asset(spec) for spec in specs if not spec.metadata.get("dagster/auto_created_stub_asset")])
        return component


def answer(case):
    if case["module"] is not None:
        module = types.ModuleType("custom_components")
        exec(case["module"], module.__dict__)
        sys.modules["custom_components"] = module
    os.environ.update(case["variables"])
    stages = []
    with create_defs_folder_sandbox() as sandbox:
        defs_path = sandbox.scaffold_component(component_cls=SigmaComponent)
        (defs_path / "defs.yaml").write_text(case["yaml"], encoding="utf-8")
        component = load(sandbox, defs_path, case["isDev"], stages)
        if not case["isDev"]:
            for each in getattr(component, "components", [component]):
                with scoped_definitions_load_context():
                    asyncio.run(each.refresh_state(sandbox.project_root))
            load(sandbox, defs_path, False, stages)
    return {"stages": stages}


# Dagster prints what it creates.
out = sys.stdout
sys.stdout = sys.stderr

with tempfile.TemporaryDirectory() as folder, instance_for_test(temp_dir=folder):
    for line in sys.stdin:
        try:
            result = answer(json.loads(line))
        except BaseException as error:
            while error.__cause__ or error.__context__:
                error = error.__cause__ or error.__context__
            result = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), file=out, flush=True)
