/** The complete model of an organization. `wire/` builds API responses from it. Objects refer to each other directly. */

/** Id, times and users of an object. */
export interface Audit {
  /** UUID. */
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** Member who created the object. */
  readonly createdBy: Member;
  /** Member who last changed the object. */
  readonly updatedBy: Member;
}

/** A member of the organization. */
export interface Member {
  /** Member id, 28 characters. */
  readonly id: string;
  /** First name. */
  readonly firstName: string;
  /** Last name. */
  readonly lastName: string;
  /** E-mail address. */
  readonly email: string;
  /** Name of the account type, for example `Viewer`. */
  readonly memberType: string;
  /** Whether the member is deactivated. */
  readonly isInactive: boolean;
  /** Whether the member was removed. */
  readonly isArchived: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A team. */
export interface Team extends Audit {
  /** Display name. */
  readonly name: string;
  /** Description; null without one. */
  readonly description: string | null;
  /** Its members. */
  readonly members: readonly Member[];
}

/** A version tag. */
export interface VersionTag extends Audit {
  /** Display name. */
  readonly name: string;
  /** Description. */
  readonly description: string;
}

/** A connection to a warehouse. */
export interface Connection extends Audit {
  /** Display name. */
  readonly name: string;
  /** Sigma's type: `snowflake`, `postgres`, `bigQuery`, … */
  readonly type: string;
  /** Account of a Snowflake connection. */
  readonly account?: string;
  /** Warehouse of a Snowflake connection. */
  readonly warehouse?: string;
  /** Whether Sigma displays `CUSTOMER_ID` as `Customer Id`. */
  readonly friendlyNames: boolean;
}

/** A column of a warehouse table, with its real name. */
export interface WarehouseColumn {
  /** Real name. */
  readonly name: string;
  /** Data type. */
  readonly type: ColumnTypeName;
}

/** Data type of a column. */
export type ColumnTypeName = "text" | "number" | "integer" | "datetime" | "boolean" | "variant";

/** A warehouse table. */
export interface WarehouseTable extends Audit {
  /** Kind of the source. */
  readonly kind: "table";
  /** Its connection. */
  readonly connection: Connection;
  /** Database, schema and table; only schema and table in a warehouse without databases. */
  readonly path: readonly string[];
  /** Its columns. */
  readonly columns: readonly WarehouseColumn[];
  /** `Endorsed`, `Warning`, `Deprecated`, or null. */
  readonly badge: string | null;
  /** Whether the file listing contains the table. */
  readonly isListed: boolean;
}

/** A column with its display name and origins. */
export interface Column {
  /** Id, unique within the element. */
  readonly id: string;
  /** Display name. */
  readonly name: string;
  /** Formula in Sigma's syntax. */
  readonly formula: string;
  /** Data type. */
  readonly type: ColumnTypeName;
  /** Columns that it is computed from. */
  readonly from: readonly ColumnOrigin[];
}

/** A column of a source. */
export interface ColumnOrigin {
  /** The source with the column. */
  readonly source: Source;
  /** Name of the column in that source. */
  readonly column: string;
}

/** A dataset. */
export interface Dataset extends Audit {
  /** Kind of the document. */
  readonly kind: "dataset";
  /** Display name. */
  readonly name: string;
  /** Description. */
  readonly description: string;
  /** Folder names, outermost first, joined with `/`. */
  readonly path: string;
  /** Owner. */
  readonly owner: Member;
  /** Tables and datasets that it reads. */
  readonly sources: readonly (WarehouseTable | Dataset)[];
  /** Its columns. */
  readonly columns: readonly Column[];
  /** `Endorsed`, `Warning`, `Deprecated`, or null. */
  readonly badge: string | null;
  /** Whether it is archived. */
  readonly isArchived: boolean;
  /** The data model that it was migrated to; null without one. */
  readonly migratedTo: DataModel | null;
  /** Finished materializations. */
  readonly runs: readonly DatasetRun[];
}

/** Outcome of a materialization. `marked` and `swept` are the removal of an earlier one. */
export type DatasetRunStatus = "success" | "failed" | "canceled" | "expired" | "skipped" | "marked" | "swept";

/** A finished materialization of a dataset. */
export interface DatasetRun {
  /** Outcome of the run. */
  readonly status: DatasetRunStatus;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** Error message of a failed run. */
  readonly error: string | null;
  /** Duration in seconds. */
  readonly runtimeSecs: number;
  /** Number of rows. */
  readonly numRows: number;
  /** Size in bytes. */
  readonly numBytes: number;
}

/** Custom SQL in a document, with its tables. */
export interface CustomSql {
  /** Kind of the source. */
  readonly kind: "sql";
  /** Id, unique within the document. */
  readonly id: string;
  /** Connection of the SQL. */
  readonly connection: Connection;
  /** SQL text. */
  readonly definition: string;
  /** Tables that the SQL reads. */
  readonly tables: readonly WarehouseTable[];
  /** Output columns. */
  readonly columns: readonly Column[];
}

/** An element of a data model as a source of another document. */
export interface ModelElement {
  /** Kind of the source. */
  readonly kind: "modelElement";
  /** The data model. */
  readonly model: DataModel;
  /** The element. */
  readonly element: Element;
}

/** A source of an element. */
export type Source = WarehouseTable | Dataset | CustomSql | ModelElement | Element;

/** An element of a document. */
export interface Element {
  /** Kind of the source. */
  readonly kind: "element";
  /** Id, unique within the document. */
  readonly id: string;
  /** Id to start materializations with. */
  readonly sheetId: string;
  /** Display name. */
  readonly name: string;
  /** `table`, `visualization`, `pivot-table`, `input-table`, `text`, `image`, `control`, … */
  readonly type: string;
  /** Null for elements without data. */
  readonly vizualizationType: string | null;
  /** Its sources; several for joins and unions. */
  readonly sources: readonly Source[];
  /** How several sources are combined. */
  readonly combination: Combination;
  /** Additional sources in `Lookup` formulas. */
  readonly lookups: readonly Source[];
  /** Its columns. */
  readonly columns: readonly Column[];
}

/** How an element combines several sources. */
export type Combination = "join" | "union";

/** A page of a document. */
export interface Page {
  /** Id, unique within the document. */
  readonly id: string;
  /** Display name. */
  readonly name: string;
  /** Its elements. */
  readonly elements: readonly Element[];
}

/** A materialization schedule. */
export interface MaterializationSchedule {
  /** The materialized element. */
  readonly element: Element;
  /** Cron expression. */
  readonly cronSpec: string;
  /** IANA time zone. */
  readonly timezone: string;
  /** ISO 8601. */
  readonly configuredAt: string;
  /** Whether the schedule is paused. */
  readonly paused: boolean;
  /** Whether responses name the element only by its name, as older ones do (default: false). */
  readonly isByNameOnly?: boolean;
}

/** The content of a document, built on access so that an organization may exceed the memory. */
export interface DocumentContent {
  /** Pages with their elements. */
  readonly pages: readonly Page[];
  /** Materialization schedules. */
  readonly schedules: readonly MaterializationSchedule[];
}

/** A version tag on a document. */
export interface DocumentTag {
  /** The version tag. */
  readonly tag: VersionTag;
  /** The tagged version. */
  readonly sourceVersion: number;
  /** ISO 8601. */
  readonly taggedAt: string;
  /** Id of the separate document with the tagged version. */
  readonly taggedDocumentId: string;
}

interface Document extends Audit {
  readonly name: string;
  /** Folder names, outermost first, joined with `/`. */
  readonly path: string;
  readonly owner: Member;
  readonly version: number;
  readonly tags: readonly DocumentTag[];
  readonly badge: string | null;
  readonly isArchived: boolean;
  readonly content: DocumentContent;
}

/** A data model. */
export interface DataModel extends Document {
  /** Kind of the document. */
  readonly kind: "dataModel";
  /** False for a model in a personal folder, which is only found by id. */
  readonly isListed: boolean;
}

/** A workbook. */
export interface Workbook extends Document {
  /** Kind of the document. */
  readonly kind: "workbook";
  /** Description; null without one. */
  readonly description: string | null;
}

/** A Sigma organization. */
export interface Organization {
  /** UUID. */
  readonly id: string;
  /** First part of the URL path of its pages. */
  readonly slug: string;
  /** Display name. */
  readonly name: string;
  /** All members. */
  readonly members: readonly Member[];
  /** All teams. */
  readonly teams: readonly Team[];
  /** All version tags. */
  readonly versionTags: readonly VersionTag[];
  /** All connections. */
  readonly connections: readonly Connection[];
  /** All warehouse tables. */
  readonly tables: readonly WarehouseTable[];
  /** All datasets. */
  readonly datasets: readonly Dataset[];
  /** All data models. */
  readonly dataModels: readonly DataModel[];
  /** All workbooks. */
  readonly workbooks: readonly Workbook[];
}

/** All sources of an element, including lookups. */
export function readBy({ sources, lookups }: Element): readonly Source[] {
  return [...sources, ...lookups];
}

/** All elements of a document, in order. */
export function elementsOf(document: { readonly content: DocumentContent }): readonly Element[] {
  return document.content.pages.flatMap((page) => page.elements);
}
