import { AutomationCondition, whenUpstreamRefreshed } from "@dagster-sigma/asset-graph";
import type { AutomationJudge, EvaluatedAsset, Tick } from "./automation-judge.ts";
import { conditionJson } from "./serialized-condition.ts";

/** A condition in TypeScript. */
export type ComparedCondition =
  | "eager()"
  | "eager().resolveThroughVirtual()"
  | "whenUpstreamRefreshed()"
  | 'onCron("0 6 * * *").resolveThroughVirtual()';

/** The conditions that the cases compare: the columns of the table in docs/guide/automation.md. */
export const comparedConditions: Readonly<Record<ComparedCondition, AutomationCondition>> = {
  "eager()": AutomationCondition.eager(),
  "eager().resolveThroughVirtual()": AutomationCondition.eager().resolveThroughVirtual(),
  "whenUpstreamRefreshed()": whenUpstreamRefreshed(),
  'onCron("0 6 * * *").resolveThroughVirtual()':
    AutomationCondition.onCron("0 6 * * *").resolveThroughVirtual(),
};

/** How often the workbook is requested: in each evaluation after a refresh, in the first one, or never. */
export type Requests = "each time" | "once" | "no";

/** What a workbook reads, and whether a refresh of it requests the workbook: a row of the table. */
export interface AutomationCase {
  readonly reads: string;
  readonly upstream: readonly EvaluatedAsset[];
  readonly workbookDeps: readonly (readonly string[])[];
  /** The asset that is materialized or observed. */
  readonly refreshed: readonly string[];
  readonly isObserved?: boolean;
  readonly requests: Readonly<Record<ComparedCondition, Requests>>;
}

interface AssetOptions {
  readonly deps?: readonly string[];
  readonly is?: "external" | "materializable" | "virtual" | "stub";
}

function asset(name: string, { deps = [], is = "external" }: AssetOptions = {}): EvaluatedAsset {
  return {
    key: [name],
    deps: deps.map((dep) => [dep]),
    external: is !== "materializable",
    virtual: is === "virtual",
    stub: is === "stub",
    condition: null,
  };
}

/** @param cells in the order of `comparedConditions` */
function row(
  reads: string,
  upstream: readonly EvaluatedAsset[],
  cells: readonly [Requests, Requests, Requests, Requests],
  options: Partial<Pick<AutomationCase, "workbookDeps" | "isObserved">> = {},
): AutomationCase {
  const [eager, eagerVirtual, refreshed, cron] = cells;
  return {
    reads,
    upstream,
    // By default it reads the last asset.
    workbookDeps: upstream.slice(-1).map(({ key }) => key),
    refreshed: ["table"],
    requests: {
      "eager()": eager,
      "eager().resolveThroughVirtual()": eagerVirtual,
      "whenUpstreamRefreshed()": refreshed,
      'onCron("0 6 * * *").resolveThroughVirtual()': cron,
    },
    ...options,
  };
}

const table = asset("table");
const stub = asset("stub", { is: "stub" });
const never = asset("never", { is: "materializable" });

export const automationCases: readonly AutomationCase[] = [
  row("an external table", [table], ["each time", "each time", "each time", "once"]),
  row(
    "a table that Dagster materializes, for example a dbt model",
    [asset("table", { is: "materializable" })],
    ["each time", "each time", "each time", "once"],
  ),
  row("the table, and a stub", [table, stub], ["no", "no", "each time", "no"], {
    workbookDeps: [["table"], ["stub"]],
  }),
  row("the table, and a dbt model that was never materialized", [table, never], ["no", "no", "no", "no"], {
    workbookDeps: [["table"], ["never"]],
  }),
  row("a data model on the table", [table, asset("model", { deps: ["table"] })], ["no", "no", "no", "no"]),
  row(
    "a virtual data model on the table",
    [table, asset("model", { deps: ["table"], is: "virtual" })],
    ["no", "each time", "each time", "once"],
  ),
  row(
    "a virtual data model on another virtual data model on the table",
    [
      table,
      asset("base", { deps: ["table"], is: "virtual" }),
      asset("model", { deps: ["base"], is: "virtual" }),
    ],
    ["no", "each time", "each time", "once"],
  ),
  row(
    "a virtual data model on the table and a stub",
    [table, stub, asset("model", { deps: ["table", "stub"], is: "virtual" })],
    ["no", "no", "each time", "no"],
  ),
  row(
    "a virtual data model on the table, and a stub",
    [table, stub, asset("model", { deps: ["table"], is: "virtual" })],
    ["no", "no", "each time", "no"],
    { workbookDeps: [["model"], ["stub"]] },
  ),
  row(
    "a virtual data model on the table and a dbt model that was never materialized",
    [table, never, asset("model", { deps: ["table", "never"], is: "virtual" })],
    ["no", "no", "no", "no"],
  ),
  row("the table, which is only observed", [table], ["no", "no", "no", "no"], { isObserved: true }),
];

/** In which evaluations of `evaluateCases` the workbook is requested. */
export const requestedTicks: Readonly<Record<Requests, readonly boolean[]>> = {
  "each time": [false, false, true, false, true],
  once: [false, false, true, false, false],
  no: [false, false, false, false, false],
};

/** A case with a condition on its workbook. */
export type ConditionedCase = readonly [entry: AutomationCase, condition: ComparedCondition];

/**
 * Evaluates all cases in one graph: at first, after six o'clock, after a refresh, without one, and after another one.
 *
 * @returns for each case, whether its workbook is requested in each evaluation
 */
export async function evaluateCases(
  judge: AutomationJudge,
  cases: readonly ConditionedCase[],
  dagsterVersion: string,
): Promise<readonly (readonly boolean[])[]> {
  const keyOf = (index: number, [name = ""]: readonly string[]): readonly string[] => [`case${index}`, name];
  const assets = cases.flatMap(([entry, condition], index) =>
    [
      ...entry.upstream,
      {
        ...asset("workbook", { is: "materializable" }),
        deps: entry.workbookDeps,
        condition: conditionJson(comparedConditions[condition], dagsterVersion),
      },
    ].map((one) => ({
      ...one,
      key: keyOf(index, one.key),
      deps: one.deps.map((dep) => keyOf(index, dep)),
    })),
  );
  const refreshed = (isObserved: boolean): Tick["materialized"] =>
    cases.flatMap(([entry], index) =>
      (entry.isObserved ?? false) === isObserved ? [keyOf(index, entry.refreshed)] : [],
    );
  const refresh: Tick = { materialized: refreshed(false), observed: refreshed(true), minutes: 1 };
  const nothing: Tick = { materialized: [], observed: [], minutes: 1 };
  const ticks = [nothing, { ...nothing, minutes: 120 }, refresh, nothing, refresh];
  const requests = (await judge.evaluate(assets, ticks)).map((keys) => new Set(keys.map(String)));
  return cases.map((_, index) =>
    requests.map((requested) => requested.has(String(keyOf(index, ["workbook"])))),
  );
}
