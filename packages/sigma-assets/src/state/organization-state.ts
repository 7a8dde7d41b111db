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
import type { SigmaFilterOptions } from "../filter/sigma-filter.ts";
import type { DocumentSpec } from "./document-spec.ts";

/**
 * The fetched data of an organization, as rows of the API: plain, serializable, sorted by id. It contains no derived
 * data; lineage is joined whenever definitions are built from it. It contains no secrets.
 */
export interface OrganizationState extends DocumentLists {
  /** Origin, options and time of the fetch. */
  readonly header: StateHeader;
  /** Warehouse tables that documents read, and those whose name matches one in SQL. */
  readonly tables: readonly TableState[];
  /** Tables that documents read and whose path no route returned. */
  readonly missingTables: readonly MissingTableState[];
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
  /** Unreadable parts of rows that do not belong to a document or table; empty in states of older versions. */
  readonly unreadable: readonly UnreadablePart[];
}

/** The documents of an organization, one list per kind. */
export interface DocumentLists {
  /** Workbooks. */
  readonly workbooks: readonly WorkbookState[];
  /** Data models. */
  readonly dataModels: readonly DataModelState[];
  /** Datasets. */
  readonly datasets: readonly DatasetState[];
}

/** The state of each kind of Sigma document, with the row that Sigma lists as `properties`. */
export interface DocumentStates {
  readonly workbook: WorkbookState;
  readonly dataModel: DataModelState;
  readonly dataset: DatasetState;
}

/** Origin, options and time of a fetch. */
export interface StateHeader {
  /** Version of the file format. */
  readonly formatVersion: 3;
  /** Base URL that the state was fetched from. */
  readonly baseUrl: string;
  /** Null if it could not be fetched. */
  readonly organizationId: string | null;
  /** Options of the fetch. */
  readonly options: StateOptions;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** Number of documents before filtering; null in states of older versions. */
  readonly listed: ListedCounts | null;
  /** Number of listed documents that are missing, because their rows are unreadable; left out if there are none. */
  readonly lost?: ListedCounts;
}

/** Number of documents per kind, including archived data models, which are in the same listing. */
export type ListedCounts = { readonly [List in keyof DocumentLists]: number };

/** The options that affect fetching, those of the filter included. */
export interface StateOptions extends Required<SigmaFilterOptions> {
  /** See `FetchSigmaOptions`. */
  readonly fetchColumnData: boolean;
  /** See `FetchSigmaOptions`. */
  readonly fetchLineageData: boolean;
  /** Objects that the credentials can see, or all objects. */
  readonly visibility: "credential" | "organization";
  /** See `FetchSigmaOptions`. */
  readonly fetchBadges: boolean;
  /** Missing if schedules are not requested, so that the file names of such states do not change. */
  readonly materializationSchedules?: true;
  /** Missing if not requested. */
  readonly spec?: true;
}

/** A failed call for a detail. */
export interface CallFailure {
  /** The detail that could not be fetched. */
  readonly subject: FailureSubject;
  /** Code of the error, for example `SIGMA_PERMISSION`. */
  readonly code: string;
  /** HTTP status; null without a response. */
  readonly status: number | null;
  /** Sigma's own code, for example `inode_archived`. */
  readonly sigmaCode: string | null;
  /** Error message. */
  readonly message: string;
}

/** A part of rows that was left out, because it does not have the documented type. */
export interface UnreadablePart {
  /** Method and path, with `{id}` for every id. */
  readonly route: string;
  /** JSON path within the row: `$.tags[].name`; `$` for the row itself. */
  readonly field: string;
  /** The expected type. */
  readonly expected: string;
  /** Whether the whole rows were left out. */
  readonly isRowLost: boolean;
  /** Number of times. */
  readonly count: number;
  /** The first ones: the position in the listing, from 0, and the type that was found. */
  readonly examples: readonly { readonly row: number; readonly found: string }[];
}

/**
 * The detail that a failed call was to fetch; `row` is the document's own row in a listing, `listing` any listing with
 * fewer rows than Sigma says.
 */
export type FailureSubject =
  | "organization"
  | "listing"
  | "row"
  | "lineage"
  | "columns"
  | "materializationSchedules"
  | "spec"
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
  /** The code representation, fetched with the option `spec` if lineage stayed incomplete; otherwise missing. */
  readonly spec?: DocumentSpec;
  /** Missing if not requested; null if they could not be fetched. */
  readonly materializationSchedules?: readonly MaterializationScheduleRow[] | null;
  readonly failures: readonly CallFailure[];
  /** Unreadable parts of its rows; missing if there are none. */
  readonly unreadable?: readonly UnreadablePart[];
}

/** A workbook with its fetched details. */
export interface WorkbookState extends DocumentState {
  /** The row as Sigma sent it. */
  readonly properties: WorkbookRow;
  /** Lineage of single elements, fetched if `lineage` and `sources` are missing. */
  readonly elementLineage: readonly ElementLineageState[] | null;
  /** Generated SQL of its elements, fetched if there is no lineage; otherwise missing. */
  readonly queries?: readonly ShownQuery[];
}

/** The lineage of a single element. */
export interface ElementLineageState {
  /** Id of the element. */
  readonly elementId: string;
  /** The response for the element. */
  readonly lineage: ElementLineageRow;
}

/** A data model with its fetched details. */
export interface DataModelState extends DocumentState {
  /** The row as Sigma sent it. */
  readonly properties: DataModelRow;
  /** Whether the listing contains it; it omits models in personal folders. */
  readonly isListed: boolean;
}

/** A dataset with its fetched details. */
export interface DatasetState {
  /** Id, normalized by `objectId`. */
  readonly id: string;
  /** When its sources were fetched, in ISO 8601. */
  readonly fetchedAt: string;
  /** The row as Sigma sent it. */
  readonly properties: DatasetRow;
  /** Its sources; null if Sigma does not return them. */
  readonly sources: readonly SourceRow[] | null;
  /** When the stale sources were fetched; missing without stale sources. */
  readonly staleSince?: string;
  /** SQL of elements that read only this dataset, fetched if `sources` is missing. */
  readonly queries: readonly ShownQuery[] | null;
  /** Failed calls. */
  readonly failures: readonly CallFailure[];
  /** Unreadable parts of its rows; missing if there are none. */
  readonly unreadable?: readonly UnreadablePart[];
}

/** The generated SQL of a workbook element. */
export interface ShownQuery {
  /** Id of the workbook. */
  readonly workbookId: string;
  /** Id of the element. */
  readonly elementId: string;
  /** Generated SQL. */
  readonly sql: string;
}

/** A warehouse table. */
export interface TableState {
  /** Id, normalized by `objectId`. */
  readonly id: string;
  /** Database, schema and table, as spelled in the warehouse; fewer parts if the warehouse has fewer. */
  readonly path: readonly string[];
  /** Null if the table comes from the file listing. */
  readonly connectionId: string | null;
  /** Real column names, fetched if documents use display names that no other response resolves; otherwise null. */
  readonly columns: readonly string[] | null;
  /** Unreadable parts of the rows of its columns; missing if there are none. */
  readonly unreadable?: readonly UnreadablePart[];
}

/** A table whose path no route returned. */
export interface MissingTableState {
  /** Id, normalized by `objectId`. */
  readonly id: string;
  /** When its path was asked for, in ISO 8601. */
  readonly fetchedAt: string;
  /** The calls for its path, in order. */
  readonly tried: readonly TriedRoute[];
  /** SQL of an element that reads only this table; null if there is none. */
  readonly query: ShownQuery | null;
}

/** A call that did not return the path of a table. */
export interface TriedRoute {
  /** The route, for example `GET /v2/files/{id}`. */
  readonly route: string;
  /** The reason, for example `not listed` or `403 SIGMA_PERMISSION`. */
  readonly reason: string;
  /** Whether the next refresh may get another answer. */
  readonly isTransient: boolean;
}

/** A connection. */
export interface ConnectionState {
  /** Id, normalized by `objectId`. */
  readonly id: string;
  /** The row as Sigma sent it. */
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
  /** The assets that it returned. */
  readonly assets: readonly KnownUpstream[];
}

/** An asset of a running Dagster. */
export interface KnownUpstream {
  /** Segments of the asset key. */
  readonly key: readonly string[];
  /** Its `dagster/table_name`; null without one. */
  readonly tableName: string | null;
}

/** A member. */
export interface MemberState {
  /** Member id. */
  readonly id: string;
  /** E-mail address; null if unknown. */
  readonly email: string | null;
  /** Whether the member is deactivated or archived. */
  readonly isInactive: boolean;
}
