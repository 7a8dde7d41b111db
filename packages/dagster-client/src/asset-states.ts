import { z } from "zod";
import type { DagsterClient, QueryOptions } from "./dagster-client.ts";

/** What a running Dagster knows about the last events of an asset. */
export interface DagsterAssetState {
  /** Segments of the asset key. */
  readonly key: readonly string[];
  /** Time of the last materialization, in ms since the epoch; null if there is none. */
  readonly materializedAtMs: number | null;
  /** Time of the last observation, in ms since the epoch; null if there is none. */
  readonly observedAtMs: number | null;
  /** The last run that was to materialize it; null if there is none. */
  readonly run: { readonly id: string; readonly status: string } | null;
  /** Whether the last run ended without materializing it, and failed. */
  readonly isFailed: boolean;
  /** Whether a run is about to materialize it. */
  readonly isInProgress: boolean;
  /** Whether it is later than its freshness policy allows; null without a policy. */
  readonly isLate: boolean | null;
  /** Names of the checks that failed with severity ERROR for its last materialization. */
  readonly failedChecks: readonly string[];
}

/** Assets per query: the web server loads their events one after the other. */
const chunkSize = 200;

const keySchema = z.looseObject({ path: z.array(z.string()) });
const eventSchema = z.looseObject({ timestamp: z.string(), runId: z.string().nullish() });

const fieldsSchema = z.looseObject({
  __type: z.looseObject({ fields: z.array(z.looseObject({ name: z.string() })) }),
});

const knownSchema = z.looseObject({ assetNodes: z.array(z.looseObject({ assetKey: keySchema })) });

const statesSchema = z.looseObject({
  assetsLatestInfo: z.array(
    z.looseObject({
      assetKey: keySchema,
      latestMaterialization: eventSchema.nullable(),
      inProgressRunIds: z.array(z.string()),
      unstartedRunIds: z.array(z.string()),
      latestRun: z.looseObject({ id: z.string(), status: z.string() }).nullable(),
    }),
  ),
  assetNodes: z.array(
    z.looseObject({
      assetKey: keySchema,
      assetObservations: z.array(eventSchema),
      freshnessInfo: z.looseObject({ currentMinutesLate: z.number().nullable() }).nullish(),
      freshnessStatusInfo: z.looseObject({ freshnessStatus: z.string() }).nullish(),
      assetChecksOrError: z
        .looseObject({
          checks: z
            .array(
              z.looseObject({
                name: z.string(),
                executionForLatestMaterialization: z
                  .looseObject({
                    status: z.string(),
                    evaluation: z.looseObject({ severity: z.string() }).nullish(),
                  })
                  .nullable(),
              }),
            )
            .optional(),
        })
        .nullish(),
    }),
  ),
});

type Node = z.infer<typeof statesSchema>["assetNodes"][number];

const fieldsQuery = `{ __type(name: "AssetNode") { fields { name } } }`;
const knownQuery = `{ assetNodes { assetKey { path } } }`;

/** @param fields fields that the asset nodes of this version of Dagster have */
function statesQuery(fields: ReadonlySet<string>): string {
  const freshness = [
    fields.has("freshnessInfo") ? "freshnessInfo { currentMinutesLate }" : "",
    fields.has("freshnessStatusInfo") ? "freshnessStatusInfo { freshnessStatus }" : "",
  ].join(" ");
  return `query AssetStates($keys: [AssetKeyInput!]!) {
  assetsLatestInfo(assetKeys: $keys) {
    assetKey { path }
    latestMaterialization { timestamp runId }
    inProgressRunIds
    unstartedRunIds
    latestRun { id status }
  }
  assetNodes(assetKeys: $keys) {
    assetKey { path }
    assetObservations(limit: 1) { timestamp runId }
    ${freshness}
    assetChecksOrError {
      __typename
      ... on AssetChecks {
        checks { name executionForLatestMaterialization { status evaluation { severity } } }
      }
    }
  }
}`;
}

/**
 * The last events of those of the given assets that a running Dagster knows. Tried with Dagster 1.9.13, 1.11.16 and 1.13.27.
 *
 * @param keys segments of the asset keys
 * @throws DagsterClientError; the reason of `signal` when that is aborted
 */
export async function fetchAssetStates(
  client: DagsterClient,
  keys: readonly (readonly string[])[],
  options: QueryOptions = {},
): Promise<readonly DagsterAssetState[]> {
  const { __type } = await client.query(fieldsQuery, {}, fieldsSchema, options);
  const document = statesQuery(new Set(__type.fields.map(({ name }) => name)));
  const { assetNodes } = await client.query(knownQuery, {}, knownSchema, options);
  const known = new Set(assetNodes.map(({ assetKey }) => JSON.stringify(assetKey.path)));
  const wanted = keys.filter((path) => known.has(JSON.stringify(path)));
  const states: DagsterAssetState[] = [];
  for (let at = 0; at < wanted.length; at += chunkSize) {
    const chunk = wanted.slice(at, at + chunkSize).map((path) => ({ path }));
    const answer = await client.query(document, { keys: chunk }, statesSchema, options);
    const nodes = new Map(answer.assetNodes.map((node) => [JSON.stringify(node.assetKey.path), node]));
    for (const info of answer.assetsLatestInfo) {
      const { path } = info.assetKey;
      states.push(stateOf(info, nodes.get(JSON.stringify(path))));
    }
  }
  return states;
}

function stateOf(
  info: z.infer<typeof statesSchema>["assetsLatestInfo"][number],
  node: Node | undefined,
): DagsterAssetState {
  const { latestMaterialization: last, latestRun: run } = info;
  return {
    key: info.assetKey.path,
    materializedAtMs: timeOf(last),
    observedAtMs: timeOf(node?.assetObservations[0] ?? null),
    run: run === null ? null : { id: run.id, status: run.status },
    // A run of several assets may fail after it materialized this one.
    isFailed: run?.status === "FAILURE" && last?.runId !== run.id,
    isInProgress: info.inProgressRunIds.length + info.unstartedRunIds.length > 0,
    isLate: isLate(node),
    failedChecks: (node?.assetChecksOrError?.checks ?? []).flatMap(
      ({ name, executionForLatestMaterialization: execution }) => (isFailedCheck(execution) ? [name] : []),
    ),
  };
}

type Execution = NonNullable<
  NonNullable<NonNullable<Node["assetChecksOrError"]>["checks"]>[number]["executionForLatestMaterialization"]
>;

/** A check that crashed has no evaluation. */
function isFailedCheck(execution: Execution | null): boolean {
  if (execution === null) return false;
  if (execution.status === "EXECUTION_FAILED") return true;
  return execution.status === "FAILED" && execution.evaluation?.severity !== "WARN";
}

/** Dagster 1.11 and newer say it as a health status; policies of earlier versions as minutes. */
function isLate(node: Node | undefined): boolean | null {
  const status = node?.freshnessStatusInfo?.freshnessStatus;
  if (status !== undefined && status !== "NOT_APPLICABLE")
    return status === "DEGRADED" || status === "WARNING";
  const minutes = node?.freshnessInfo?.currentMinutesLate ?? null;
  return minutes === null ? null : minutes > 0;
}

function timeOf(event: z.infer<typeof eventSchema> | null): number | null {
  return event === null ? null : Number(event.timestamp);
}
