import type { OutcomeCounts } from "@dagster-sigma/asset-graph";
import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import { objectId } from "../../state/object-id.ts";
import type {
  BadgeState,
  CallFailure,
  DataModelState,
  DatasetState,
  DocumentStates,
  OrganizationState,
  WorkbookState,
} from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";
import { AssetColumnBuilder } from "../columns/asset-columns.ts";
import { ColumnResolver } from "../columns/column-resolver.ts";
import type { SigmaColumn } from "../columns/sigma-column.ts";
import { sourcesByDocument } from "../document-kinds.ts";
import { buildTables } from "../lineage/build-tables.ts";
import type { ConnectionDefaults } from "../lineage/complete-path.ts";
import { lineagePartOf } from "../lineage/document-sources.ts";
import { knownObjects, SourceResolver } from "../lineage/resolve-sources.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import type { SourceReference } from "../lineage/source-reference.ts";
import { pathsInSpecs, specSources, unexplainedBy } from "../lineage/spec-sources.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import { distinctUpstreams } from "../lineage/told-by.ts";
import { breakCycles } from "./break-cycles.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { datasetColumns } from "./dataset-columns.ts";
import { describeObject } from "./describe-object.ts";
import { failureDiagnostics } from "./failure-diagnostics.ts";
import { createOwnerLookup, type OwnerLookup, type Ownership } from "./find-owners.ts";
import { describeTried, emptyLineage } from "./lineage-gaps.ts";
import type {
  OrganizationObjects,
  SigmaAssetObject,
  SigmaDataModel,
  SigmaDataset,
  SigmaWorkbook,
} from "./organization-objects.ts";
import { buildSpecFacts, type SpecFacts } from "./spec-facts.ts";
import { splitDataModels, splittableModels } from "./split-data-models.ts";
import { unreadableDiagnostics } from "./unreadable-diagnostics.ts";
import { unresolvedColumns } from "./unresolved-columns.ts";

/** Objects with their lineage, and diagnostics for unresolved lineage. */
export interface JoinedOrganization {
  readonly objects: OrganizationObjects;
  readonly diagnostics: readonly Diagnostic[];
  /** Outcomes of documents, elements, queries and columns. */
  readonly outcomes: readonly OutcomeCounts[];
}

export interface JoinOptions {
  /** Includes the columns of workbooks (default: false). */
  readonly workbookColumns?: boolean;
  /** One asset per data model, or per element (default: `model`). */
  readonly dataModelGranularity?: "model" | "element";
  /** Default database and schema of short table names, by the name or id of the connection. */
  readonly connections?: ConnectionDefaults;
}

/** Joins the fetched rows into objects with their sources. */
export function buildOrganizationObjects(
  state: OrganizationState,
  options: JoinOptions = {},
): JoinedOrganization {
  const join = new OrganizationJoin(state, options);
  const workbooks = state.workbooks.map((workbook) => join.workbook(workbook));
  const dataModels = state.dataModels.map((model) => join.dataModel(model));
  const shownColumns = datasetColumns(
    state,
    [...workbooks, ...dataModels].flatMap(({ columns }) => columns),
  );
  const datasets = state.datasets.map((dataset) => join.dataset(dataset, shownColumns));
  return join.finish({ workbooks, dataModels, dataModelElements: [], datasets });
}

/** Fields that joining adds to every document. */
type JoinedParts = Ownership & {
  readonly upstreams: readonly SigmaUpstream[];
  readonly badge: BadgeState["badge"] | null;
};

/** A document before its sources are joined. */
type Unjoined = Pick<SigmaAssetObject, "type" | "id" | "properties">;

/** The indices for joining documents, and the diagnostics. */
class OrganizationJoin {
  readonly #state: OrganizationState;
  readonly #options: JoinOptions;
  readonly #diagnostics: Diagnostic[];
  readonly #references: ReadonlyMap<object, readonly SourceReference[]>;
  readonly #sqlTables: SqlTables;
  readonly #resolver: SourceResolver;
  readonly #ownership: OwnerLookup;
  readonly #badges: ReadonlyMap<string, string>;
  readonly #columnResolver: ColumnResolver;
  readonly #columns: AssetColumnBuilder;
  /** Data models whose elements are assets instead of the model. */
  readonly #split: ReadonlySet<string>;

  constructor(state: OrganizationState, options: JoinOptions) {
    this.#state = state;
    this.#options = options;
    this.#diagnostics = [...failureDiagnostics(state.failures, null), ...unreadableDiagnostics(state)];
    this.#references = sourcesByDocument(state);
    const listedTables = buildTables(
      state,
      [...this.#references.values()].flat(),
      options.connections,
      pathsInSpecs(this.#references),
    );
    this.#sqlTables = new SqlTables(state, listedTables, options.connections);
    this.#resolver = new SourceResolver(
      knownObjects(state, listedTables),
      this.#sqlTables,
      new Map(state.missingTables.map(({ id, tried }) => [id, describeTried(tried)])),
    );
    this.#ownership = createOwnerLookup(state, this.#diagnostics);
    this.#badges = new Map(state.badges.map(({ id, badge }) => [id, badge]));
    this.#columnResolver = new ColumnResolver(state, this.#sqlTables);
    const split =
      options.dataModelGranularity === "element" ? splittableModels(this.#columnResolver) : new Set<string>();
    this.#split = split;
    this.#columns = new AssetColumnBuilder(this.#columnResolver, (id) => split.has(id));
  }

  workbook(workbook: WorkbookState): SigmaWorkbook {
    const document = contentDocument("workbook", workbook);
    const joined = this.#join(document, workbook, workbook.properties.ownerId, insteadWhereStale(workbook));
    return { ...joined, columns: this.#options.workbookColumns === true ? this.#columnsOf(document) : [] };
  }

  dataModel(model: DataModelState): SigmaDataModel {
    const document = contentDocument("dataModel", model);
    return {
      ...this.#join(document, model, model.properties.ownerId, insteadWhereStale(model)),
      columns: this.#columnsOf(document),
    };
  }

  /** @param shownColumns columns that readers use, by dataset id */
  dataset(dataset: DatasetState, shownColumns: ReturnType<typeof datasetColumns>): SigmaDataset {
    const id = objectId(dataset.id);
    const hasInferredUpstreams = dataset.sources === null && dataset.queries !== null;
    const document = {
      type: "dataset" as const,
      id,
      properties: dataset.properties,
      columns: shownColumns.get(id) ?? [],
      hasInferredUpstreams,
    };
    const instead = hasInferredUpstreams
      ? { datasetSources: "DATASET_SOURCES_INFERRED" as const }
      : insteadWhereStale(dataset);
    return this.#join(document, dataset, dataset.properties.owner, instead);
  }

  finish(documents: Omit<OrganizationObjects, "tables">): JoinedOrganization {
    this.#diagnostics.push(...this.#resolver.diagnostics());
    const { workbooks, dataModels, datasets } = documents;
    const readers = [...workbooks, ...dataModels, ...datasets];
    const read = new Set(readers.flatMap(({ upstreams }) => upstreams.map(({ id }) => id)));
    const tables = this.#sqlTables.tables().filter(({ id }) => read.has(id));
    const whole: OrganizationObjects = { ...documents, tables };
    const [columnResolver, columns, resolver] = [this.#columnResolver, this.#columns, this.#resolver];
    const unbroken =
      this.#split.size === 0
        ? whole
        : splitDataModels(whole, this.#split, { columnResolver, columns, resolver });
    const outcomes = countOutcomes(this.#state, {
      resolver,
      columnResolver,
      referencesOf: (document) => this.#references.get(document) ?? [],
      workbookColumns: this.#options.workbookColumns === true,
    });
    return {
      objects: breakCycles(unbroken, this.#diagnostics),
      diagnostics: this.#diagnostics,
      outcomes,
    };
  }

  #join<Document extends Unjoined>(
    document: Document,
    fetched: DocumentStates[keyof DocumentStates],
    ownerId: string | null | undefined,
    insteadOfFailures: Parameters<typeof failureDiagnostics>[2],
  ): Document & JoinedParts {
    const object = describeObject(document);
    const references = this.#references.get(fetched) ?? [];
    const instead =
      references.length > 0
        ? { lineage: "LINEAGE_FROM_OTHER_ROUTE" as const, ...insteadOfFailures }
        : insteadOfFailures;
    this.#diagnostics.push(...failureDiagnostics(fetched.failures, object, instead));
    if (references.length === 0 && !hasSpecSources(fetched))
      this.#diagnostics.push(...emptyLineage(fetched, object));
    const upstreams = this.#upstreamsOf(object, fetched, references);
    const badge = this.#badges.get(document.id) ?? null;
    return { ...document, upstreams, badge, ...this.#ownership(ownerId) };
  }

  /** The sources of a document. Its code representation replaces the references that it explains. */
  #upstreamsOf(
    object: DiagnosticObject,
    fetched: DocumentStates[keyof DocumentStates],
    references: readonly SourceReference[],
  ): readonly SigmaUpstream[] {
    const part = lineagePartOf(fetched);
    const spec = "spec" in fetched && fetched.spec !== undefined ? specSources(fetched.spec) : [];
    if (spec.length === 0) return this.#resolver.resolve(object, references, part);
    const open = references.filter((reference) => !this.#resolver.isFound(reference));
    if (open.length === 0 && references.length > 0) return this.#resolver.resolve(object, references, part);
    const unexplained = new Set(unexplainedBy(spec, open));
    const kept = references.filter((each) => unexplained.has(each) || this.#resolver.isFound(each));
    const found = this.#resolver.resolve(object, kept, part);
    const before = new Set(found.map(({ type, id }) => `${type} ${id}`));
    const added = this.#resolver
      .resolve(object, spec, "spec")
      .filter(({ type, id }) => !before.has(`${type} ${id}`));
    return distinctUpstreams([...found, ...added]);
  }

  #columnsOf(document: Unjoined): readonly SigmaColumn[] {
    const built = this.#columns.build(document.id);
    this.#diagnostics.push(...unresolvedColumns(describeObject(document), built.unresolved));
    return built.columns;
  }
}

function hasSpecSources(fetched: DocumentStates[keyof DocumentStates]): boolean {
  return "spec" in fetched && fetched.spec !== undefined && specSources(fetched.spec).length > 0;
}

function contentDocument<Type extends string, Row>(
  type: Type,
  {
    id,
    properties,
    materializationSchedules,
    spec,
  }: Pick<WorkbookState, "id" | "materializationSchedules" | "spec"> & { readonly properties: Row },
): {
  readonly type: Type;
  readonly id: string;
  readonly properties: Row;
  readonly materializationSchedules: NonNullable<WorkbookState["materializationSchedules"]>;
  readonly areSchedulesKnown?: true;
  readonly specFacts?: SpecFacts;
} {
  const specFacts = buildSpecFacts(spec);
  return {
    type,
    id: objectId(id),
    properties,
    materializationSchedules: materializationSchedules ?? [],
    ...(materializationSchedules == null ? {} : { areSchedulesKnown: true }),
    ...(specFacts === null ? {} : { specFacts }),
  };
}

/** Where stale rows are used instead, transient failures become `DETAILS_STALE`. */
function insteadWhereStale({
  staleSince,
  failures,
}: {
  readonly staleSince?: string;
  readonly failures: readonly CallFailure[];
}): Parameters<typeof failureDiagnostics>[2] {
  if (staleSince === undefined) return {};
  const transient = failures
    .filter((failure) => failure.subject !== "row" && isTransient(failure))
    .map(({ subject }) => [subject, "DETAILS_STALE"] as const);
  return Object.fromEntries(transient);
}
