import type { RunningDagster } from "./start-dagster.ts";

/** The metadata of an event by label, with the fields of Dagster's GraphQL API. */
export type EventEntries = Readonly<
  Record<string, { readonly __typename: string } & Readonly<Record<string, unknown>>>
>;

type ListedEntries = readonly ({ readonly label: string } & EventEntries[string])[];

const entryFields = `__typename label
  ... on IntMetadataEntry { intValue } ... on FloatMetadataEntry { floatValue } ... on TextMetadataEntry { text } ... on UrlMetadataEntry { url }
  ... on TimestampMetadataEntry { timestamp } ... on JsonMetadataEntry { jsonString }`;

/** Metadata of each asset's observations, latest first; assets without observations are omitted. */
export async function observations(
  dagster: RunningDagster,
): Promise<ReadonlyMap<string, readonly EventEntries[]>> {
  const shown = await observedAssets(dagster);
  return new Map([...shown].filter(([, events]) => events.length > 0));
}

/** Metadata of each asset's observations, latest first. */
export async function observedAssets(
  dagster: RunningDagster,
  { kinds = null, limit = 5 }: { readonly kinds?: readonly string[] | null; readonly limit?: number } = {},
): Promise<ReadonlyMap<string, readonly EventEntries[]>> {
  const { assetNodes } = await dagster.graphql<{
    readonly assetNodes: readonly {
      readonly assetKey: { readonly path: readonly string[] };
      readonly kinds: readonly string[];
      readonly assetObservations: readonly { readonly metadataEntries: ListedEntries }[];
    }[];
  }>(
    `{ assetNodes { assetKey { path } kinds
       assetObservations(limit: ${limit}) { metadataEntries { ${entryFields} } } } }`,
  );
  return new Map(
    assetNodes
      .filter((node) => kinds === null || kinds.some((kind) => node.kinds.includes(kind)))
      .map(({ assetKey, assetObservations }) => [
        assetKey.path.join("/"),
        assetObservations.map(({ metadataEntries }) => byLabel(metadataEntries)),
      ]),
  );
}

/** Metadata of an asset's materializations, latest first. */
export async function materializations(
  dagster: RunningDagster,
  path: readonly string[],
): Promise<readonly EventEntries[]> {
  return (await materializationEvents(dagster, path)).map(({ metadata }) => metadata);
}

/** An asset's materializations, latest first. */
export async function materializationEvents(
  dagster: RunningDagster,
  path: readonly string[],
): Promise<readonly { readonly metadata: EventEntries; readonly tags: Readonly<Record<string, string>> }[]> {
  const { assetOrError } = await dagster.graphql<{
    readonly assetOrError: {
      readonly assetMaterializations?: readonly {
        readonly metadataEntries: ListedEntries;
        readonly tags: readonly { readonly key: string; readonly value: string }[];
      }[];
    };
  }>(
    `query Materializations($key: AssetKeyInput!) { assetOrError(assetKey: $key) { ... on Asset {
      assetMaterializations(limit: 5) { metadataEntries { ${entryFields} } tags { key value } }
    } } }`,
    { key: { path } },
  );
  return (assetOrError.assetMaterializations ?? []).map(({ metadataEntries, tags }) => ({
    metadata: byLabel(metadataEntries),
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  }));
}

function byLabel(entries: ListedEntries): EventEntries {
  return Object.fromEntries(entries.map((entry) => [entry.label, entry]));
}

/** One evaluation of a sensor by the daemon. */
export interface SensorTick {
  readonly cursor: string | null;
  readonly status: string;
  readonly skipReason: string | null;
  readonly error: { readonly message: string; readonly stack: readonly string[] } | null;
}

/** Finished evaluations of a sensor of the location `sigma`, latest first. */
export async function sensorTicks(dagster: RunningDagster, name: string): Promise<readonly SensorTick[]> {
  const { sensorOrError } = await dagster.graphql<{
    readonly sensorOrError: { readonly sensorState?: { readonly ticks: readonly SensorTick[] } };
  }>(
    `query Ticks($selector: SensorSelector!) { sensorOrError(sensorSelector: $selector) { ... on Sensor { sensorState {
      ticks(limit: 300, statuses: [SKIPPED, SUCCESS, FAILURE]) { status cursor skipReason error { message stack } }
    } } } }`,
    { selector: { repositoryLocationName: "sigma", repositoryName: "__repository__", sensorName: name } },
  );
  return sensorOrError.sensorState?.ticks ?? [];
}
