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
 * Everything that was fetched of an organization, as rows of the API: plain, serialisable, sorted by id. Nothing in it
 * is worked out; lineage is joined anew whenever definitions are built from it. Holds no secret.
 */
export interface OrganizationState extends DocumentLists {
  readonly header: StateHeader;
  /** The warehouse tables that some document reads, and those whose name ends like one in its SQL. */
  readonly tables: readonly TableState[];
  readonly connections: readonly ConnectionState[];
  /** The members who own something here. */
  readonly members: readonly MemberState[];
  /** Of the documents that have one; empty unless asked for. */
  readonly badges: readonly BadgeState[];
  /** What matchers of upstream assets were told, by their names. */
  readonly upstreams: readonly UpstreamState[];
  /** Calls about the organization as a whole that failed. */
  readonly failures: readonly CallFailure[];
}

/** The documents of an organization, a list for each kind. */
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
  /** Null when the credential could not ask. */
  readonly organizationId: string | null;
  readonly options: StateOptions;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** How many there were before the filter; null in states that were made before it was counted. */
  readonly listed: ListedCounts | null;
}

/** How many documents of each kind; archived data models, which come in the same list, are counted. */
export type ListedCounts = { readonly [List in keyof DocumentLists]: number };

/** The options that shape what is fetched. */
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
  /** Whose eyes: what the credential sees, or what there is. */
  readonly visibility: "credential" | "organization";
  readonly fetchBadges: boolean;
  /** Missing where schedules are not asked for, so that states without them keep the names that they have. */
  readonly materializationSchedules?: true;
}

/** A detail that could not be fetched: what was asked and what came back. */
export interface CallFailure {
  /** What was to be learnt. */
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
  /** When its inside was fetched, ISO 8601. */
  readonly fetchedAt: string;
  /** When the rows were fetched that stand in for those that could not be had now; missing where there are none. */
  readonly staleSince?: string;
  /** The version that was fetched; null when Sigma does not tell. */
  readonly version: number | null;
  /** Rows of the whole document; null when not asked for, or when Sigma has no such answer for this document. */
  readonly lineage: readonly LineageRow[] | null;
  /** What the document reads without its elements, asked for where `lineage` leaves something open. */
  readonly sources: readonly SourceRow[] | null;
  readonly elements: readonly ElementRow[] | null;
  readonly columns: readonly ColumnRow[] | null;
  /** Columns of the SQL written into the document, by its name; what no parser reads is not there. */
  readonly sqlColumns: Readonly<Record<string, SqlRelation>> | null;
  /** Missing where they are not asked for; null when they could not be had. */
  readonly materializationSchedules?: readonly MaterializationScheduleRow[] | null;
  readonly failures: readonly CallFailure[];
}

export interface WorkbookState extends DocumentState {
  readonly properties: WorkbookRow;
  /** Answers for single elements, asked for where neither of the others gives anything. */
  readonly elementLineage: readonly ElementLineageState[] | null;
}

export interface ElementLineageState {
  readonly elementId: string;
  readonly lineage: ElementLineageRow;
}

export interface DataModelState extends DocumentState {
  readonly properties: DataModelRow;
  /** Whether the listing shows it; it does not show models in personal spaces, which lineage names. */
  readonly isListed: boolean;
}

export interface DatasetState {
  readonly id: string;
  /** When its sources were fetched, ISO 8601. */
  readonly fetchedAt: string;
  readonly properties: DatasetRow;
  readonly sources: readonly SourceRow[] | null;
  /** When the sources were fetched that stand in for those that could not be had now; missing where there are none. */
  readonly staleSince?: string;
  /** SQL of elements that read nothing but this dataset, asked for where `sources` gives nothing. */
  readonly queries: readonly ShownQuery[] | null;
  readonly failures: readonly CallFailure[];
}

/** What an element of a workbook asks of the warehouse. */
export interface ShownQuery {
  readonly workbookId: string;
  readonly elementId: string;
  readonly sql: string;
}

export interface TableState {
  readonly id: string;
  /** Database, schema, table, as the warehouse spells them; fewer where the warehouse has fewer. */
  readonly path: readonly string[];
  /** Null where only the listing of files tells of the table. */
  readonly connectionId: string | null;
  /** As the warehouse names them, asked for where documents use some that no other answer spells; null elsewhere. */
  readonly columns: readonly string[] | null;
}

export interface ConnectionState {
  readonly id: string;
  readonly properties: ConnectionRow;
}

/** What somebody marked a document as. */
export interface BadgeState {
  /** Of the workbook, data model or dataset. */
  readonly id: string;
  /** `Endorsed`, `Warning` or `Deprecated`. */
  readonly badge: string;
}

/** The answer that a matcher of upstream assets got. */
export interface UpstreamState {
  /** Name of the matcher. */
  readonly id: string;
  readonly assets: readonly KnownUpstream[];
}

/** An asset of the rest of the Dagster graph. */
export interface KnownUpstream {
  readonly key: readonly string[];
  /** Its `dagster/table_name`; null when it has none. */
  readonly tableName: string | null;
}

export interface MemberState {
  readonly id: string;
  readonly email: string | null;
  readonly isInactive: boolean;
}
