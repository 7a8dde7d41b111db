import type {
  ColumnRow,
  ConnectionRow,
  DataModelRow,
  DatasetRow,
  ElementLineageRow,
  ElementRow,
  LineageRow,
  MaterializationScheduleRow,
  SourceRow,
  WorkbookRow,
} from "@dagster-sigma/sigma-client";
import type { SqlRelation } from "@dagster-sigma/sql-lineage/columns";
import type { SigmaPath } from "../filter/sigma-filter.ts";
import type { SigmaPattern } from "../filter/sigma-pattern.ts";

/**
 * The fetched data of an organization, as rows of the API: plain, serializable, sorted by id. It contains no derived
 * data; lineage is joined whenever definitions are built from it. It contains no secrets.
 */
export interface OrganizationState extends DocumentLists {
  /** Origin, options and time of the fetch. */
  readonly header: StateHeader;
  /** Warehouse tables that documents read, and those whose name matches one in SQL. */
  readonly tables: readonly TableState[];
  /** Connections of the organization. */
  readonly connections: readonly ConnectionState[];
  /** Members who own a document. */
  readonly members: readonly MemberState[];
  /** Badges of documents; empty unless requested. */
  readonly badges: readonly BadgeState[];
  /** Query results of upstream matchers. */
  readonly upstreams: readonly UpstreamState[];
  /** Failed calls for the organization as a whole. */
  readonly failures: readonly CallFailure[];
}

/** The documents of an organization, one list per kind. */
export interface DocumentLists {
  readonly workbooks: readonly WorkbookState[];
  readonly dataModels: readonly DataModelState[];
  readonly datasets: readonly DatasetState[];
}

/** The state of each kind of Sigma document, with the row that Sigma lists as `properties`. */
export interface DocumentStates {
  readonly workbook: WorkbookState;
  readonly dataModel: DataModelState;
  readonly dataset: DatasetState;
}

export interface StateHeader {
  readonly formatVersion: 2;
  readonly baseUrl: string;
  /** Null if it could not be fetched. */
  readonly organizationId: string | null;
  readonly options: StateOptions;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** Number of documents before filtering; null in states of older versions. */
  readonly listed: ListedCounts | null;
}

/** Number of documents per kind, including archived data models, which are in the same listing. */
export type ListedCounts = { readonly [List in keyof DocumentLists]: number };

/** The options that affect fetching. */
export interface StateOptions {
  readonly fetchColumnData: boolean;
  readonly fetchLineageData: boolean;
  readonly workbookFolders: readonly SigmaPath[];
  readonly workbooks: readonly SigmaPath[];
  readonly includeUnusedDatasets: boolean;
  readonly allow: readonly SigmaPattern[];
  readonly deny: readonly SigmaPattern[];
  readonly updatedSince: string | null;
  readonly includeArchived: boolean;
  /** Objects that the credentials can see, or all objects. */
  readonly visibility: "credential" | "organization";
  readonly fetchBadges: boolean;
  /** Missing if schedules are not requested, so that the file names of such states do not change. */
  readonly materializationSchedules?: true;
}

/** A failed call for a detail. */
export interface CallFailure {
  /** The detail that could not be fetched. */
  readonly subject: FailureSubject;
  /** Code of the error, for example `SIGMA_PERMISSION`. */
  readonly code: string;
  readonly status: number | null;
  /** Sigma's own code, for example `inode_archived`. */
  readonly sigmaCode: string | null;
  readonly message: string;
}

export type FailureSubject =
  | "organization"
  | "lineage"
  | "columns"
  | "materializationSchedules"
  | "datasetSources"
  | "dataModels"
  | "datasets"
  | "tables"
  | "connectionPaths"
  | "connections"
  | "members"
  | "badges"
  | "upstream"
  | "visibility";

interface DocumentState {
  readonly id: string;
  /** When its details were fetched, in ISO 8601. */
  readonly fetchedAt: string;
  /** When the stale rows were fetched; missing without stale rows. */
  readonly staleSince?: string;
  /** The fetched version; null if unknown. */
  readonly version: number | null;
  /** Rows of the whole document; null if not requested or not available for this document. */
  readonly lineage: readonly LineageRow[] | null;
  /** Sources of the document, without its elements; fetched if `lineage` is incomplete. */
  readonly sources: readonly SourceRow[] | null;
  readonly elements: readonly ElementRow[] | null;
  readonly columns: readonly ColumnRow[] | null;
  /** Columns of custom SQL, by the name of the SQL; without SQL that cannot be parsed. */
  readonly sqlColumns: Readonly<Record<string, SqlRelation>> | null;
  /** Missing if not requested; null if they could not be fetched. */
  readonly materializationSchedules?: readonly MaterializationScheduleRow[] | null;
  readonly failures: readonly CallFailure[];
}

export interface WorkbookState extends DocumentState {
  readonly properties: WorkbookRow;
  /** Lineage of single elements, fetched if `lineage` and `sources` are missing. */
  readonly elementLineage: readonly ElementLineageState[] | null;
}

export interface ElementLineageState {
  readonly elementId: string;
  readonly lineage: ElementLineageRow;
}

export interface DataModelState extends DocumentState {
  readonly properties: DataModelRow;
  /** Whether the listing contains it; it omits models in personal folders. */
  readonly isListed: boolean;
}

export interface DatasetState {
  readonly id: string;
  /** When its sources were fetched, in ISO 8601. */
  readonly fetchedAt: string;
  readonly properties: DatasetRow;
  readonly sources: readonly SourceRow[] | null;
  /** When the stale sources were fetched; missing without stale sources. */
  readonly staleSince?: string;
  /** SQL of elements that read only this dataset, fetched if `sources` is missing. */
  readonly queries: readonly ShownQuery[] | null;
  readonly failures: readonly CallFailure[];
}

/** The generated SQL of a workbook element. */
export interface ShownQuery {
  readonly workbookId: string;
  readonly elementId: string;
  readonly sql: string;
}

export interface TableState {
  readonly id: string;
  /** Database, schema and table, as spelled in the warehouse; fewer parts if the warehouse has fewer. */
  readonly path: readonly string[];
  /** Null if the table comes from the file listing. */
  readonly connectionId: string | null;
  /** Real column names, fetched if documents use display names that no other response resolves; otherwise null. */
  readonly columns: readonly string[] | null;
}

export interface ConnectionState {
  readonly id: string;
  readonly properties: ConnectionRow;
}

/** The badge of a document. */
export interface BadgeState {
  /** Id of the workbook, data model or dataset. */
  readonly id: string;
  /** `Endorsed`, `Warning` or `Deprecated`. */
  readonly badge: string;
}

/** The query result of an upstream matcher. */
export interface UpstreamState {
  /** Name of the matcher. */
  readonly id: string;
  readonly assets: readonly KnownUpstream[];
}

/** An asset of a running Dagster. */
export interface KnownUpstream {
  readonly key: readonly string[];
  /** Its `dagster/table_name`; null without one. */
  readonly tableName: string | null;
}

export interface MemberState {
  readonly id: string;
  readonly email: string | null;
  readonly isInactive: boolean;
}
