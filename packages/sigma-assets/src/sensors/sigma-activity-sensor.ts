import {
  type AssetChange,
  AssetObservation,
  type AssetSpec,
  type DefinedAssets,
  diffAssets,
  MetadataValue,
  type RawMetadata,
  type SensorContext,
  SensorDefinition,
  type SensorOptions,
  type SensorResult,
} from "@dagster-sigma/asset-graph";
import type { DataModelRow, SigmaClient, WorkbookRow } from "@dagster-sigma/sigma-client";
import { sigmaLabels } from "../derive/translate/sigma-labels.ts";
import { type SigmaObject, sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import type { LoadSigmaAssetSpecsOptions } from "../load/load-options.ts";
import { loadSigmaAssetSpecs } from "../load/load-sigma-asset-specs.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import { objectId } from "../state/object-id.ts";
import { changedSince, readCursor, writeCursor } from "./activity-cursor.ts";
import { datasetRunEvents } from "./dataset-runs.ts";

/** Options of {@link sigmaActivitySensor}. */
export interface SigmaActivitySensorOptions
  extends Partial<
    Pick<SensorOptions, "name" | "description" | "minimumIntervalSeconds" | "defaultStatus" | "tags">
  > {
  /** The organization to observe. */
  readonly organization: SigmaOrganization;
  /**
   * The options that the assets are loaded with. If set, a change in Sigma refreshes the stored state (`stateDir`, or
   * `DAGSTER_SIGMA_STATE_DIR`, which `dagster-sigma serve` sets): the served assets are updated, and the observation lists
   * the changed sources and columns. Without it, only versions are observed.
   */
  readonly load?: LoadSigmaAssetSpecsOptions;
  /** Maximum number of events per evaluation; the rest follow in the next evaluations (default: 100). */
  readonly maxEventsPerTick?: number;
  /** Number of datasets whose materializations an evaluation fetches, with one call each (default: 20; 0 for none). */
  readonly maxDatasetsPerTick?: number;
}

/** The activity of a workbook or data model. */
interface Activity {
  readonly id: string;
  readonly updatedAt: string;
  readonly version: number | null;
  readonly updatedBy: string | null;
  readonly url: string | null;
}

/** Types of objects whose versions are observed. */
const documentTypes = ["workbook", "dataModel"] as const;

const maxChangesNamed = 20;

/**
 * Creates a sensor that reports activity in Sigma. Each workbook and data model whose published version changed gets an
 * observation with the version as its data version, the user, the time and the changes. Initially, every document gets one
 * observation. Each finished dataset materialization that Sigma lists becomes a materialization of the asset; a failed one
 * becomes an observation. Reports are idempotent: after a failure, Dagster may request them again.
 *
 * An evaluation makes one call per thousand documents, one per checked dataset, and one per thousand members if something
 * changed.
 *
 *     sensors: [sigmaActivitySensor({ organization: sigma, load })]
 */
export function sigmaActivitySensor(options: SigmaActivitySensorOptions): SensorDefinition {
  const sensor = new ActivitySensor(options);
  return new SensorDefinition({
    name: options.name ?? "sigma_activity",
    description:
      options.description ??
      "Reports changed workbooks and data models, and materialized datasets, of Sigma.",
    minimumIntervalSeconds: options.minimumIntervalSeconds ?? 60,
    defaultStatus: options.defaultStatus ?? "running",
    tags: options.tags ?? {},
    evaluate: (context) => sensor.evaluate(context),
  });
}

class ActivitySensor {
  readonly #options: SigmaActivitySensorOptions;
  /** Versions that Dagster accepted from this process: some changes, such as a move, create no new version. */
  readonly #told = new Map<string, number | null>();
  /** The last report, and the cursor that Dagster sends after accepting it. */
  #telling: { readonly cursor: string; readonly news: readonly Activity[] } | null = null;

  constructor(options: SigmaActivitySensorOptions) {
    this.#options = options;
  }

  async evaluate({ cursor: text, definitions, signal }: SensorContext): Promise<SensorResult> {
    if (text !== null && this.#telling?.cursor === text)
      for (const { id, version } of this.#telling.news) this.#told.set(id, version);
    this.#telling = null;
    const client = this.#options.organization.createClient();
    try {
      const specs = specsById(definitions, documentTypes);
      const all = await listActivities(client, specs, signal);
      const cursor = readCursor(text);
      const most = this.#options.maxEventsPerTick ?? 100;
      const changed = changedSince(all, cursor.activity, most);
      const last = changed.at(-1);
      const runs = await datasetRunEvents({
        datasets: specsById(definitions, ["dataset"]),
        listRuns: (id) => client.datasets.materializations(id, { signal }).toArray(),
        cursor: cursor.runs,
        now: new Date(),
        maxDatasets: this.#options.maxDatasetsPerTick ?? 20,
        maxEvents: most - changed.length,
        signal,
      });
      const activity = last === undefined ? cursor.activity : { at: last.updatedAt, id: last.id };
      const next = writeCursor({ activity, runs: runs.cursor });
      if (last === undefined && runs.events.length === 0)
        return { skipMessage: "Nothing changed in Sigma.", cursor: next };
      const news = changed.filter(({ id, version }) => !this.#told.has(id) || this.#told.get(id) !== version);
      const emails = news.length === 0 ? new Map<string, string>() : await memberEmails(client, signal);
      const changes =
        cursor.activity === null || news.length === 0 ? null : await this.#changes(definitions, signal);
      const assetEvents = news.map((activity) =>
        observationOf(activity, specs.get(activity.id) as AssetSpec, emails, changes),
      );
      this.#telling = { cursor: next, news };
      return { assetEvents: [...assetEvents, ...runs.events], cursor: next };
    } finally {
      await client.close();
    }
  }

  /** Changes by asset key; null without the option `load`, or if the refresh fails or exceeds the time of an evaluation. */
  async #changes(
    definitions: DefinedAssets,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, AssetChange> | null> {
    const { load, organization } = this.#options;
    if (load === undefined) return null;
    try {
      const now = await loadSigmaAssetSpecs(organization, { ...load, refresh: true, signal });
      const before = definitions.assets.filter((spec) => sigmaObjectOf(spec) !== null);
      const { changed } = diffAssets(before, now);
      return new Map(changed.map((change) => [change.before?.key ?? change.key, change]));
    } catch {
      // The observation is reported without changes; the next refresh continues from there.
      return null;
    }
  }
}

/** Activities of documents with an asset. Data models in personal folders are not listed and are fetched one by one. */
async function listActivities(
  client: SigmaClient,
  specs: ReadonlyMap<string, AssetSpec>,
  signal: AbortSignal,
): Promise<readonly Activity[]> {
  const [workbooks, dataModels] = await Promise.all([
    client.workbooks.list({ excludeTags: true }, { signal }).toArray(),
    client.dataModels.list({}, { signal }).toArray(),
  ]);
  const listed = [
    ...workbooks.map((row) => activityOf(row.workbookId, row)),
    ...dataModels.map((row) => activityOf(row.dataModelId, row)),
  ];
  const ids = new Set(listed.map(({ id }) => id));
  const personal = [...specs].filter(
    ([id, spec]) => sigmaObjectOf(spec)?.type === "dataModel" && !ids.has(id),
  );
  const rows = await Promise.all(
    personal.map(([id]) => client.dataModels.get(id, { signal }).catch(() => null)),
  );
  const unlisted = rows.flatMap((row) => (row === null ? [] : [activityOf(row.dataModelId, row)]));
  return [...listed, ...unlisted].filter(({ id }) => specs.has(id));
}

function activityOf(id: string, row: WorkbookRow | DataModelRow): Activity {
  const { updatedAt, latestVersion, updatedBy, url } = row;
  return {
    id: objectId(id),
    updatedAt: updatedAt ?? "",
    version: latestVersion ?? null,
    updatedBy: typeof updatedBy === "string" ? updatedBy : null,
    url: url ?? null,
  };
}

/** Returns an empty map on failure: the observation is then reported with the member id. */
async function memberEmails(client: SigmaClient, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  try {
    const members = await client.members
      .list({ includeArchived: true, includeInactive: true }, { signal })
      .toArray();
    return new Map(
      members.flatMap(({ memberId, email }) => (email == null ? [] : [[memberId, email] as const])),
    );
  } catch {
    return new Map();
  }
}

function observationOf(
  { updatedAt, version, updatedBy, url }: Activity,
  spec: AssetSpec,
  emails: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, AssetChange> | null,
): AssetObservation {
  const updatedMs = Date.parse(updatedAt);
  const change = changes?.get(spec.key.toUserString());
  const who = updatedBy === null ? null : (emails.get(updatedBy) ?? updatedBy);
  const metadata: RawMetadata = {
    ...(version === null ? {} : { [sigmaLabels.version]: version }),
    ...(Number.isNaN(updatedMs)
      ? {}
      : { [sigmaLabels.updatedAt]: MetadataValue.timestamp(updatedMs / 1_000) }),
    ...(who === null ? {} : { [sigmaLabels.updatedBy]: who }),
    ...(url === null ? {} : { [sigmaLabels.webUrl]: MetadataValue.url(url) }),
    ...(change === undefined ? {} : changeMetadata(change)),
  };
  return new AssetObservation({
    assetKey: spec.key,
    metadata,
    ...(version === null ? {} : { dataVersion: String(version) }),
  });
}

/** The changes as text, one per line. */
function changeMetadata(change: AssetChange): RawMetadata {
  const lines = [
    ...change.addedDeps.map((key) => `reads ${key}`),
    ...change.removedDeps.map((key) => `no longer reads ${key}`),
    ...change.addedColumns.map((name) => `new column ${name}`),
    ...change.removedColumns.map((name) => `column ${name} was removed`),
    ...change.rewiredColumns.map((name) => `column ${name} is computed differently`),
  ];
  if (lines.length === 0) return {};
  const named = lines.slice(0, maxChangesNamed);
  const others = lines.length - named.length;
  return { [sigmaLabels.changes]: [...named, ...(others > 0 ? [`and ${others} more`] : [])].join("\n") };
}

/** Assets by the id of their object in Sigma, for the given types of objects. */
function specsById(
  { assets }: DefinedAssets,
  types: readonly SigmaObject["type"][],
): ReadonlyMap<string, AssetSpec> {
  return new Map(
    assets.flatMap((spec) => {
      const object = sigmaObjectOf(spec);
      return object !== null && types.includes(object.type) ? [[object.id, spec] as const] : [];
    }),
  );
}
