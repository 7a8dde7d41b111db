import {
  AssetKey,
  type EnvVar,
  resolveEnvVar,
  stubAssetLabel,
  tableNameLabel,
} from "@dagster-sigma/asset-graph";
import { z } from "zod";
import { UpstreamError } from "../../errors.ts";
import type { KnownUpstream } from "../../state/organization-state.ts";
import { TableIndex } from "./table-index.ts";
import type { UpstreamMatcher } from "./upstream-matcher.ts";

/** Options of {@link dagsterInstance}. */
export interface DagsterInstanceOptions {
  /** Sent as `Dagster-Cloud-Api-Token`; only Dagster+ requires it. */
  readonly token?: string | EnvVar;
  /** Time limit of the query, in ms (default: 30,000). */
  readonly timeoutMs?: number;
}

const upstreamTables = `query UpstreamTables {
  assetNodes {
    assetKey { path }
    metadataEntries { __typename label ... on TextMetadataEntry { text } ... on BoolMetadataEntry { boolValue } }
  }
}`;

const answerSchema = z.looseObject({
  assetNodes: z.array(
    z.looseObject({
      assetKey: z.looseObject({ path: z.array(z.string()) }),
      metadataEntries: z.array(
        z.looseObject({ label: z.string(), text: z.string().nullish(), boolValue: z.boolean().nullish() }),
      ),
    }),
  ),
});

/**
 * Matches tables with the assets of a running Dagster, by `dagster/table_name` or by a key that equals the table's
 * path. Dagster is queried once, over GraphQL, while Sigma is fetched; the result is stored in the state. A failed
 * query is reported as the diagnostic `UPSTREAM_UNAVAILABLE`.
 *
 * @param url URL of Dagster's UI or GraphQL API, for example `http://127.0.0.1:3000`
 */
export function dagsterInstance(url: string | EnvVar, options: DagsterInstanceOptions = {}): UpstreamMatcher {
  const name = "dagsterInstance";
  return {
    name,
    ask: (signal) => askDagster(resolveEnvVar(url), options, signal),
    load: (answer) => {
      const known = answer ?? [];
      const byName = new TableIndex(
        known.flatMap(({ key, tableName }) =>
          tableName === null ? [] : [[tableName.split("."), new AssetKey(key)] as const],
        ),
      );
      const byKey = new Map(known.map(({ key }) => [key.join("/").toLowerCase(), new AssetKey(key)]));
      return {
        name,
        match: ({ path }) => {
          const named = byName.find(path.join(".").split("."));
          if (named.length > 0) return named;
          const key = byKey.get(path.join("/").toLowerCase());
          return key === undefined ? [] : [key];
        },
      };
    },
  };
}

async function askDagster(
  url: string,
  { token, timeoutMs }: DagsterInstanceOptions,
  signal: AbortSignal,
): Promise<readonly KnownUpstream[]> {
  const { DagsterClient, DagsterClientError } = await import("@dagster-sigma/dagster-client");
  try {
    const secret = token === undefined ? undefined : resolveEnvVar(token);
    const dagster = new DagsterClient({ url, token: secret, timeoutMs });
    const { assetNodes } = await dagster.query(upstreamTables, {}, answerSchema, { signal });
    return assetNodes
      .filter(({ metadataEntries }) => !isStub(metadataEntries))
      .map(({ assetKey, metadataEntries }) => ({
        key: assetKey.path,
        tableName: metadataEntries.find(({ label }) => label === tableNameLabel)?.text ?? null,
      }))
      .sort((a, b) => (a.key.join("/") < b.key.join("/") ? -1 : 1));
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    if (!(thrown instanceof DagsterClientError)) throw new UpstreamError("its URL", thrown);
    throw new UpstreamError(thrown.endpoint ?? "its URL", thrown, `it ${thrown.reason}`);
  }
}

/** Whether an asset is a stub for one that another code location may define. */
function isStub(
  entries: readonly { readonly label: string; readonly boolValue?: boolean | null | undefined }[],
): boolean {
  return entries.some(({ label, boolValue }) => label === stubAssetLabel && boolValue === true);
}
