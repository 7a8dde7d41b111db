import type { RunningDagster } from "./start-dagster.ts";

/** @param more fields that only some versions of Dagster have */
const query = (more: readonly string[]): string => `query AssetNodes {
  assetNodes {
    assetKey { path }
    description
    groupName
    kinds
    tags { key value }
    owners { __typename ... on UserAssetOwner { email } ... on TeamAssetOwner { team } }
    dependencyKeys { path }
    dependedByKeys { path }
    opVersion
    isMaterializable
    isObservable
    isExecutable
    automationCondition { label expandedLabel }
    ${more.join(" ")}
    metadataEntries {
      __typename label description
      ... on TextMetadataEntry { text }
      ... on UrlMetadataEntry { url }
      ... on PathMetadataEntry { path }
      ... on NotebookMetadataEntry { path }
      ... on MarkdownMetadataEntry { mdStr }
      ... on JsonMetadataEntry { jsonString }
      ... on IntMetadataEntry { intRepr }
      ... on FloatMetadataEntry { floatValue }
      ... on BoolMetadataEntry { boolValue }
      ... on TimestampMetadataEntry { timestamp }
      ... on AssetMetadataEntry { assetKey { path } }
      ... on PipelineRunMetadataEntry { runId }
      ... on PythonArtifactMetadataEntry { module name }
      ... on TableMetadataEntry { table { records schema { columns { name type } } } }
      ... on TableSchemaMetadataEntry {
        schema { constraints { other } columns { name type description constraints { nullable unique other } tags { key value } } }
      }
      ... on TableColumnLineageMetadataEntry { lineage { columnName columnDeps { assetKey { path } columnName } } }
    }
  }
}`;

const freshnessFields =
  "internalFreshnessPolicy { __typename ... on TimeWindowFreshnessPolicy { failWindowSeconds warnWindowSeconds } }";

/** An asset as returned by Dagster's GraphQL API, with unordered lists sorted. */
export type ShownAsset = Readonly<Record<string, unknown>> & {
  readonly assetKey: { readonly path: readonly string[] };
};

/** All assets of a running Dagster, sorted by key. */
export async function shownAssets(
  dagster: RunningDagster,
  {
    hasFreshness = true,
    hasVirtual = true,
  }: { readonly hasFreshness?: boolean; readonly hasVirtual?: boolean } = {},
): Promise<readonly ShownAsset[]> {
  const { assetNodes } = await dagster.graphql<{ readonly assetNodes: readonly ShownAsset[] }>(
    query([...(hasFreshness ? [freshnessFields] : []), ...(hasVirtual ? ["isVirtual"] : [])]),
  );
  return assetNodes
    .map((node) => sortLists(node) as ShownAsset)
    .sort((a, b) => compare(JSON.stringify(a.assetKey), JSON.stringify(b.assetKey)));
}

const ordered = new Set(["path", "records", "columns", "expandedLabel"]);

/** Sorts lists by their JSON, except for paths, columns, rows and labels. */
function sortLists(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sortLists(item));
    return ordered.has(name) ? items : items.sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortLists(inner, key)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface LocationStatus {
  readonly name: string;
  readonly loadStatus: string;
  /** Message of the load error; null if it loaded. */
  readonly error: string | null;
}

/** Load status of each location in the workspace. */
export async function locationStatuses(dagster: RunningDagster): Promise<readonly LocationStatus[]> {
  const data = await dagster.graphql<{
    readonly workspaceOrError: {
      readonly locationEntries: readonly {
        readonly name: string;
        readonly loadStatus: string;
        readonly locationOrLoadError: {
          readonly __typename: string;
          readonly message?: string;
          readonly errorChain?: readonly { readonly error: { readonly message: string } }[];
        };
      }[];
    };
  }>(`{ workspaceOrError { ... on Workspace { locationEntries {
    name loadStatus locationOrLoadError { __typename ... on PythonError { message errorChain { error { message } } } }
  } } } }`);
  return data.workspaceOrError.locationEntries.map(({ name, loadStatus, locationOrLoadError }) => ({
    name,
    loadStatus,
    error: locationOrLoadError.__typename === "PythonError" ? messagesOf(locationOrLoadError) : null,
  }));
}

/** Messages of the error and its causes. */
function messagesOf(error: {
  readonly message?: string;
  readonly errorChain?: readonly { readonly error: { readonly message: string } }[];
}): string {
  return [error.message ?? "", ...(error.errorChain ?? []).map((link) => link.error.message)].join("");
}
