import {
  type AssetSpec,
  type DefinedAssets,
  type SensorContext,
  SensorDefinition,
  type SensorOptions,
  type SensorResult,
} from "@dagster-sigma/asset-graph";
import type { SigmaClient } from "@dagster-sigma/sigma-client";
import { type SigmaObject, sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import { loadEnvironment } from "../environment/load-environment.ts";
import { SensorError } from "../errors.ts";
import { SigmaFilter } from "../filter/sigma-filter.ts";
import type { LoadSigmaAssetSpecsOptions } from "../load/load-options.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import { readCursor, writeCursor } from "./activity-cursor.ts";
import { memberEmails, observationOf, type VersionReport, versionReport } from "./activity-observation.ts";
import { datasetRunEvents } from "./dataset-runs.ts";
import { type Followed, OrganizationFollower } from "./follow-organization.ts";
import { type ListedDocument, type ListOptions, listDocuments } from "./list-documents.ts";
import { assetsByDocument } from "./listing-differences.ts";
import { PendingReports } from "./pending-reports.ts";
import { ReportedRecord } from "./reported-record.ts";
import { sensorName } from "./sensor-name.ts";

/** Options of {@link sigmaActivitySensor}. */
export interface SigmaActivitySensorOptions
  extends Partial<
    Pick<SensorOptions, "name" | "description" | "minimumIntervalSeconds" | "defaultStatus" | "tags">
  > {
  /** The organization to observe. */
  readonly organization: SigmaOrganization;
  /**
   * The options that the assets are loaded with. If set, a difference between the assets and Sigma refreshes the stored state
   * (`stateDir`, or `DAGSTER_SIGMA_STATE_DIR`, which `dagster-sigma serve` sets), and the code location loads its definitions
   * again: documents that are new, deleted, newly shared, renamed or moved are followed, and the observation lists the
   * changed sources and columns. Without it, only versions are observed.
   */
  readonly load?: LoadSigmaAssetSpecsOptions;
  /** Maximum number of events per evaluation; the rest follow in the next evaluations (default: 100). */
  readonly maxEventsPerTick?: number;
  /** Number of datasets whose materializations an evaluation fetches, with one call each (default: 20; 0 for none). */
  readonly maxDatasetsPerTick?: number;
}

/** Types of objects whose versions are observed. */
const documentTypes = ["workbook", "dataModel"] as const;

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
    ...sensorName(options.name, "sigma_activity", () => options.organization.loadReports),
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
  readonly #record = new ReportedRecord();
  #pending: PendingReports<VersionReport> | null = null;
  readonly #follower: OrganizationFollower | null;
  readonly #listOptions: ListOptions;
  /** False if the assets were loaded with another object of the organization, so that it cannot select them. */
  #hasOwnLoads: boolean | null = null;

  constructor(options: SigmaActivitySensorOptions) {
    this.#options = options;
    const { organization, load } = options;
    this.#follower = load === undefined ? null : new OrganizationFollower(organization, load);
    this.#listOptions = {
      visibility: load?.visibility ?? "credential",
      includeArchived: SigmaFilter.from(load?.sigmaFilter).includeArchived,
      withDatasets: load !== undefined,
    };
  }

  async evaluate({ cursor: text, definitions, signal, log }: SensorContext): Promise<SensorResult> {
    const client = this.#options.organization.createClient();
    try {
      return await this.#evaluate(client, text, this.#assetsOf(definitions), { signal, log });
    } catch (thrown) {
      throw new SensorError(thrown, signal.aborted);
    } finally {
      await client.close();
    }
  }

  async #evaluate(
    client: SigmaClient,
    text: string | null,
    assets: readonly AssetSpec[],
    { signal, log }: Pick<SensorContext, "signal" | "log">,
  ): Promise<SensorResult> {
    const cursor = readCursor(text);
    const specs = specsById(assets, documentTypes);
    const list = await listDocuments(client, assetsByDocument(assets), this.#listOptions, signal);
    const followed = await this.#follow(assets, list, cursor.followed, signal);
    const folder = this.#follower?.stateDir ?? loadEnvironment().stateDir;
    const documents = list.documents.filter(({ id }) => specs.has(id));
    const keyOf = ({ id }: ListedDocument): string => specs.get(id)?.key.toUserString() ?? id;
    const itemOf = (document: ListedDocument): string => `${keyOf(document)} ${fingerprint(document)}`;
    const current = new Map(documents.map((document) => [keyOf(document), fingerprint(document)]));
    const reported = await this.#record.recall(cursor.reported, current, folder);
    const most = this.#options.maxEventsPerTick ?? 100;
    const news = documents
      .filter((document) => reported.get(keyOf(document)) !== fingerprint(document))
      .sort(byTime)
      .slice(0, most);
    const runs = await datasetRunEvents({
      datasets: specsById(assets, ["dataset"]),
      listRuns: (id) => client.datasets.materializations(id, { signal }).toArray(),
      cursor: cursor.runs,
      now: new Date(),
      maxDatasets: this.#options.maxDatasetsPerTick ?? 20,
      maxEvents: most - news.length,
      signal,
    });
    const keys = new Set([...specs.values()].map(({ key }) => key.toUserString()));
    const kept = [...reported].filter(([key]) => keys.has(key));
    const told = news.map((document) => [keyOf(document), fingerprint(document)] as const);
    const isSame = told.length === 0 && kept.length === reported.size;
    const next = writeCursor({
      reported: await this.#record.keep(isSame ? reported : new Map([...kept, ...told]), folder),
      followed: followed.cursor,
      runs: runs.cursor,
    });
    if (news.length === 0 && runs.events.length === 0) return nothingToReport(followed, next, signal);
    const { organization, name = "" } = this.#options;
    this.#pending ??= new PendingReports(JSON.stringify([name, organization.identity()]));
    const pending = await this.#pending.of(text, folder);
    const isRepeated = news.every((document) => pending.has(itemOf(document)));
    const emails = isRepeated ? new Map<string, string>() : await memberEmails(client, signal);
    const reports = news.map((document) => {
      const change = reported.has(keyOf(document)) ? followed.changes?.get(keyOf(document)) : undefined;
      return pending.get(itemOf(document)) ?? versionReport(document, emails, change);
    });
    const items = news.map((document, index) => [itemOf(document), reports[index] as VersionReport] as const);
    if (!isRepeated) await this.#pending.keep(text, new Map([...pending, ...items]), folder);
    const observations = news.map(({ id }, index) =>
      observationOf(reports[index] as VersionReport, specs.get(id) as AssetSpec),
    );
    for (const document of news)
      log.info(`Changed in Sigma: ${keyOf(document)}`, { version: document.version ?? null });
    if (runs.events.length > 0) log.info(`Materialized datasets: ${runs.events.length}`);
    if (followed.failure !== null) log.warn(`The changes were not fetched: ${String(followed.failure)}`);
    return { assetEvents: [...observations, ...runs.events], cursor: next };
  }

  async #follow(
    assets: readonly AssetSpec[],
    list: Awaited<ReturnType<typeof listDocuments>>,
    cursor: Followed["cursor"],
    signal: AbortSignal,
  ): Promise<Followed> {
    const following = this.#follower?.follow(assets, list, cursor, signal);
    return (await following) ?? { cursor, changes: null, isUpdating: false, failure: null };
  }

  /** The assets of the organization, of several that the definitions may have. */
  #assetsOf({ assets }: DefinedAssets): readonly AssetSpec[] {
    const { loadReports } = this.#options.organization;
    this.#hasOwnLoads ??= loadReports.length > 0;
    const ofSigma = assets.filter((spec) => sigmaObjectOf(spec) !== null);
    if (!this.#hasOwnLoads) return ofSigma;
    return ofSigma.filter(({ origin }) => origin?.load != null && loadReports.includes(origin.load));
  }
}

/** Throws the failure of a refresh, so that the tick shows it, unless there is something to report. */
function nothingToReport(
  { failure, isUpdating }: Followed,
  cursor: string,
  signal: AbortSignal,
): SensorResult {
  if (failure !== null && !signal.aborted) throw failure;
  if (failure !== null)
    return { skipMessage: "Fetching the changes continues in the next evaluation.", cursor };
  const skipMessage = isUpdating
    ? "Changes in Sigma were fetched; the assets are being updated."
    : "Nothing changed in Sigma.";
  return { skipMessage, cursor };
}

/** A document with another id or version is reported; without versions, one with another time. */
function fingerprint({ id, version, updatedAt }: ListedDocument): string {
  return `${id} ${version ?? updatedAt}`;
}

function byTime(a: ListedDocument, b: ListedDocument): number {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt < b.updatedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Assets by the id of their object in Sigma, for the given types of objects. */
function specsById(
  assets: readonly AssetSpec[],
  types: readonly SigmaObject["type"][],
): ReadonlyMap<string, AssetSpec> {
  return new Map(
    assets.flatMap((spec) => {
      const object = sigmaObjectOf(spec);
      return object !== null && types.includes(object.type) ? [[object.id, spec] as const] : [];
    }),
  );
}
