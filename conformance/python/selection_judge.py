"""Evaluates selections with the real Dagster.

Each line of stdin: {"assets": [{"key", "deps", "group", "owners", "tags", "kinds", "external"}], "selections": [text],
"includeSources": bool}, where keys are lists of segments. Each line of stdout: one entry a selection, either
{"refused": message} or {"selected": [key]}; "selected" is null if Dagster parses it but cannot evaluate it in user code.
"""

import json
import sys
import warnings

warnings.filterwarnings("ignore")

import dagster as dg  # noqa: E402


def attributes(asset):
    return {
        "key": dg.AssetKey(asset["key"]),
        "group_name": asset["group"],
        "owners": asset["owners"],
        "tags": asset["tags"],
        "kinds": set(asset["kinds"]),
    }


def materializable(index, asset):
    """A stub that Dagster could run; each has its own step, so that each can be selected alone."""
    ins = {
        f"in_{at}": dg.AssetIn(key=dg.AssetKey(dep), dagster_type=dg.Nothing) for at, dep in enumerate(asset["deps"])
    }

    # Names of steps and outputs allow fewer characters than keys.
    @dg.multi_asset(name=f"step_{index}", outs={"out": dg.AssetOut(**attributes(asset))}, ins=ins)
    def step():
        pass

    return step


def external(asset):
    return dg.AssetSpec(**attributes(asset), deps=[dg.AssetKey(dep) for dep in asset["deps"]])


def graph_of(assets):
    definitions = [
        external(asset) if asset["external"] else materializable(index, asset) for index, asset in enumerate(assets)
    ]
    return dg.Definitions(assets=definitions).resolve_asset_graph()


def answer(text, graph, include_sources):
    try:
        selection = dg.AssetSelection.from_string(text, include_sources=include_sources)
    except Exception as error:
        return {"refused": str(error)}
    try:
        # An unknown key selects nothing here, but is an error in Dagster.
        keys = selection.resolve(graph, allow_missing=True)
    except Exception:
        return {"selected": None}
    return {"selected": sorted(list(key.path) for key in keys)}


for line in sys.stdin:
    question = json.loads(line)
    graph = graph_of(question["assets"])
    answers = [answer(text, graph, question["includeSources"]) for text in question["selections"]]
    print(json.dumps(answers), flush=True)
