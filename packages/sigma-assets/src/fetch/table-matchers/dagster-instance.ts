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

export interface DagsterInstanceOptions {
  /** Sent as `Dagster-Cloud-Api-Token`; only Dagster+ asks for one. */
  readonly token?: string | EnvVar;
  /** How long it may take, in ms; 30,000 when left out. */
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
 * The assets of a running Dagster, by their `dagster/table_name`, or by a key that is the path of the table. It is asked
 * once, over GraphQL, while Sigma is fetched.
 *
 * @param url of its page, for example `http://127.0.0.1:3000`
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

/** A stand-in for an asset that another code location may define. */
function isStub(
  entries: readonly { readonly label: string; readonly boolValue?: boolean | null | undefined }[],
): boolean {
  return entries.some(({ label, boolValue }) => label === stubAssetLabel && boolValue === true);
}
