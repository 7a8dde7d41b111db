import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DagsterAssetState, DagsterClient, fetchAssetStates } from "@dagster-sigma/dagster-client";
import { endOfRun, launchAssets } from "./dagster-runs.ts";
import { type RunningDagster, startDagster, withoutQueue } from "./start-dagster.ts";

/** A Python location: one asset fails on request, one has a check that fails, one is fine. */
const warehouse = `import dagster as dg


class Orders(dg.Config):
    fail: bool = False


@dg.asset(key_prefix="shop")
def orders(config: Orders) -> None:
    if config.fail:
        raise Exception("The warehouse is closed.")


@dg.asset(key_prefix="shop")
def customers() -> None: ...


@dg.asset(key_prefix="shop")
def calm() -> None: ...


@dg.asset_check(asset=customers)
def unique_names() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False)


@dg.asset_check(asset=calm)
def hint() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN)


defs = dg.Definitions(assets=[orders, customers, calm], asset_checks=[unique_names, hint])
`;

const upstreamKeys = [
  ["shop", "orders"],
  ["shop", "customers"],
  ["shop", "calm"],
] as const;

/** A Dagster in which all assets were materialized once, and `shop/orders` failed afterwards. */
export async function startFailingUpstream(
  python: string,
): Promise<{ readonly dagster: RunningDagster; readonly failedRun: string }> {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-upstream-")), "warehouse.py");
  writeFileSync(file, warehouse);
  const dagster = await startDagster({
    python,
    locations: [{ name: "warehouse", pythonFile: file }],
    dagsterYaml: withoutQueue,
  });
  const location = "warehouse";
  await endOfRun(dagster, await launchAssets(dagster, { location, assets: upstreamKeys }));
  const failedRun = await launchAssets(dagster, {
    location,
    assets: [["shop", "orders"]],
    config: { ops: { shop__orders: { config: { fail: true } } } },
  });
  await endOfRun(dagster, failedRun);
  return { dagster, failedRun };
}

/** A state without times and run ids. */
export interface UpstreamState extends Pick<DagsterAssetState, "isFailed" | "isInProgress" | "failedChecks"> {
  readonly status: string | null;
  /** Whether it was materialized within five minutes. */
  readonly isMaterialized: boolean;
}

/** What the client says about these assets and one that Dagster does not know. */
export async function upstreamStates(
  dagster: RunningDagster,
): Promise<Readonly<Record<string, UpstreamState>>> {
  const client = new DagsterClient({ url: dagster.url });
  const states = await fetchAssetStates(client, [...upstreamKeys, ["unknown"]]);
  return Object.fromEntries(
    states.map(({ key, run, materializedAtMs, ...state }) => [
      key.join("/"),
      {
        status: run?.status ?? null,
        isMaterialized: materializedAtMs !== null && Math.abs(Date.now() - materializedAtMs) < 300_000,
        isFailed: state.isFailed,
        isInProgress: state.isInProgress,
        failedChecks: state.failedChecks,
      },
    ]),
  );
}

/** The right answer. */
export const expectedUpstream: Readonly<Record<string, UpstreamState>> = {
  "shop/orders": state({ status: "FAILURE", isFailed: true }),
  "shop/customers": state({ failedChecks: ["unique_names"] }),
  "shop/calm": state({}),
};

function state(changes: Partial<UpstreamState>): UpstreamState {
  return {
    status: "SUCCESS",
    isMaterialized: true,
    isFailed: false,
    isInProgress: false,
    failedChecks: [],
    ...changes,
  };
}
