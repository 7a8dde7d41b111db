import type { OutcomeCounts } from "@dagster-sigma/asset-graph";
import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import { objectId } from "../../state/object-id.ts";
import type { BadgeState, CallFailure, OrganizationState } from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";
import { AssetColumnBuilder } from "../columns/asset-columns.ts";
import { ColumnResolver } from "../columns/column-resolver.ts";
import type { SigmaColumn } from "../columns/sigma-column.ts";
import { buildTables } from "../lineage/build-tables.ts";
import type { ConnectionDefaults } from "../lineage/complete-path.ts";
import {
  dataModelSources,
  datasetSources,
  type SourceReference,
  workbookSources,
} from "../lineage/document-sources.ts";
import { SourceResolver } from "../lineage/resolve-sources.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import { breakCycles } from "./break-cycles.ts";
import { countOutcomes } from "./count-outcomes.ts";
import { datasetColumns } from "./dataset-columns.ts";
import { describeObject } from "./describe-object.ts";
import { failureDiagnostics } from "./failure-diagnostics.ts";
import { createOwnerLookup, type Ownership } from "./find-owners.ts";
import type { OrganizationObjects, SigmaAssetObject } from "./organization-objects.ts";
import { splitDataModels, splittableModels } from "./split-data-models.ts";
import { unresolvedColumns } from "./unresolved-columns.ts";

/** Objects with their lineage joined, and what could not be joined. */
export interface JoinedOrganization {
  readonly objects: OrganizationObjects;
  readonly diagnostics: readonly Diagnostic[];
  /** What became of each document, element, query and column. */
  readonly outcomes: readonly OutcomeCounts[];
}

export interface JoinOptions {
  /** Whether workbooks have the columns of their elements, not only data models; false when left out. */
  readonly workbookColumns?: boolean;
  /** Whether each element of a data model is an asset, or the model as a whole, as when left out. */
  readonly dataModelGranularity?: "model" | "element";
  /** Database and schema of tables whose names leave them out, by the name or id of their connection. */
  readonly connections?: ConnectionDefaults;
}

/** Joins the rows that were fetched into objects that know what they read. */
export function buildOrganizationObjects(
  state: OrganizationState,
  options: JoinOptions = {},
): JoinedOrganization {
  const diagnostics: Diagnostic[] = [...failureDiagnostics(state.failures, null)];
  const references = new References(state);
  const listedTables = buildTables(state, references.all(), options.connections);
  const sqlTables = new SqlTables(state, listedTables, options.connections);
  const resolver = new SourceResolver(
    {
      table: new Set(listedTables.map(({ id }) => id)),
      dataset: new Set(state.datasets.map(({ id }) => objectId(id))),
      dataModel: new Set(state.dataModels.map(({ id }) => objectId(id))),
    },
    sqlTables,
  );
  const ownership = createOwnerLookup(state, diagnostics);
  const badges = new Map(state.badges.map(({ id, badge }) => [id, badge]));
  const columnResolver = new ColumnResolver(state, sqlTables);
  const split =
    options.dataModelGranularity === "element" ? splittableModels(columnResolver) : new Set<string>();
  const columns = new AssetColumnBuilder(columnResolver, (id) => split.has(id));
  const columnsOf = (
    document: Pick<SigmaAssetObject, "type" | "id" | "properties">,
  ): readonly SigmaColumn[] => {
    const built = columns.build(document.id);
    diagnostics.push(...unresolvedColumns(describeObject(document), built.unresolved));
    return built.columns;
  };

  const join = <Document extends Pick<SigmaAssetObject, "type" | "id" | "properties">>(
    document: Document,
    fetched: { readonly id: string; readonly failures: readonly CallFailure[] },
    ownerId: string | null | undefined,
    insteadOfFailures: Parameters<typeof failureDiagnostics>[2] = {},
  ): Document & JoinedParts => {
    const object: DiagnosticObject = describeObject(document);
    diagnostics.push(...failureDiagnostics(fetched.failures, object, insteadOfFailures));
    const upstreams = resolver.resolve(object, references.of(fetched));
    return { ...document, upstreams, badge: badges.get(document.id) ?? null, ...ownership(ownerId) };
  };

  const workbooks = state.workbooks.map((workbook) => {
    const { properties } = workbook;
    const document = {
      type: "workbook" as const,
      id: objectId(workbook.id),
      properties,
      materializationSchedules: workbook.materializationSchedules ?? [],
    };
    const joined = join(document, workbook, properties.ownerId, insteadWhereStale(workbook));
    return { ...joined, columns: options.workbookColumns === true ? columnsOf(document) : [] };
  });
  const dataModels = state.dataModels.map((model) => {
    const { properties } = model;
    const document = {
      type: "dataModel" as const,
      id: objectId(model.id),
      properties,
      materializationSchedules: model.materializationSchedules ?? [],
    };
    const joined = join(document, model, properties.ownerId, insteadWhereStale(model));
    return { ...joined, columns: columnsOf(document) };
  });
  const columnsOfDatasets = datasetColumns(
    state,
    [...workbooks, ...dataModels].flatMap((document) => document.columns),
  );
  const datasets = state.datasets.map((dataset) => {
    const id = objectId(dataset.id);
    const { properties } = dataset;
    const hasInferredUpstreams = dataset.sources === null && dataset.queries !== null;
    const document = {
      type: "dataset" as const,
      id,
      properties,
      columns: columnsOfDatasets.get(id) ?? [],
      hasInferredUpstreams,
    };
    const instead = hasInferredUpstreams
      ? { datasetSources: "DATASET_SOURCES_INFERRED" as const }
      : insteadWhereStale(dataset);
    return join(document, dataset, properties.owner, instead);
  });

  diagnostics.push(...resolver.diagnostics());
  const readers = [...workbooks, ...dataModels, ...datasets];
  const read = new Set(readers.flatMap(({ upstreams }) => upstreams.map(({ id }) => id)));
  const tables = sqlTables.tables().filter(({ id }) => read.has(id));
  const whole: OrganizationObjects = { workbooks, dataModels, dataModelElements: [], datasets, tables };
  const unbroken =
    split.size === 0 ? whole : splitDataModels(whole, split, { columnResolver, columns, resolver });
  const outcomes = countOutcomes(state, {
    resolver,
    columnResolver,
    referencesOf: (document) => references.of(document),
    workbookColumns: options.workbookColumns === true,
  });
  return { objects: breakCycles(unbroken, diagnostics), diagnostics, outcomes };
}

/** What every document has once it is joined. */
type JoinedParts = Ownership & {
  readonly upstreams: readonly SigmaUpstream[];
  readonly badge: BadgeState["badge"] | null;
};

/** What failed is not missing where the last good rows stand in: for what may be over the next time. */
function insteadWhereStale({
  staleSince,
  failures,
}: {
  readonly staleSince?: string;
  readonly failures: readonly CallFailure[];
}): Parameters<typeof failureDiagnostics>[2] {
  if (staleSince === undefined) return {};
  const passing = failures.filter(isTransient).map(({ subject }) => [subject, "DETAILS_STALE"] as const);
  return Object.fromEntries(passing);
}

/** What each fetched document says it reads, worked out once. */
class References {
  readonly #byDocument: ReadonlyMap<object, readonly SourceReference[]>;

  constructor(state: OrganizationState) {
    this.#byDocument = new Map<object, readonly SourceReference[]>([
      ...state.workbooks.map((workbook) => [workbook, workbookSources(workbook)] as const),
      ...state.dataModels.map((model) => [model, dataModelSources(model)] as const),
      ...state.datasets.map((dataset) => [dataset, datasetSources(dataset)] as const),
    ]);
  }

  of(document: object): readonly SourceReference[] {
    return this.#byDocument.get(document) ?? [];
  }

  all(): readonly SourceReference[] {
    return [...this.#byDocument.values()].flat();
  }
}
