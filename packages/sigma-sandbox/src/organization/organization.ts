/**
 * What is true in an organization, before any API has told a part of it. Answers are made from it in `wire/`.
 * Objects point at each other directly.
 */

/** The identity, age and owner that every object has. */
export interface Audit {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: Member;
  readonly updatedBy: Member;
}

export interface Member {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Name of the account type. */
  readonly memberType: string;
  readonly isInactive: boolean;
  readonly isArchived: boolean;
  readonly createdAt: string;
}

export interface Team extends Audit {
  readonly name: string;
  readonly description: string | null;
  readonly members: readonly Member[];
}

export interface VersionTag extends Audit {
  readonly name: string;
  readonly description: string;
}

export interface Connection extends Audit {
  readonly name: string;
  /** As Sigma spells it: `snowflake`, `postgres`, `bigQuery`, … */
  readonly type: string;
  readonly account?: string;
  readonly warehouse?: string;
  /** Whether Sigma shows `CUSTOMER_ID` as `Customer Id`. */
  readonly friendlyNames: boolean;
}

/** A column of a warehouse table, as the warehouse names it. */
export interface WarehouseColumn {
  readonly name: string;
  readonly type: ColumnTypeName;
}

export type ColumnTypeName = "text" | "number" | "integer" | "datetime" | "boolean" | "variant";

export interface WarehouseTable extends Audit {
  readonly kind: "table";
  readonly connection: Connection;
  /** Database, schema, table; a warehouse without databases has the last two. */
  readonly path: readonly string[];
  readonly columns: readonly WarehouseColumn[];
  readonly badge: string | null;
  /** False for a table that the API's listing of files does not show. */
  readonly isListed: boolean;
}

/** A column as Sigma shows it, and the columns it is computed from. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly formula: string;
  readonly type: ColumnTypeName;
  readonly from: readonly ColumnOrigin[];
}

/** A column of something that can be read. */
export interface ColumnOrigin {
  readonly source: Source;
  readonly column: string;
}

export interface Dataset extends Audit {
  readonly kind: "dataset";
  readonly name: string;
  readonly description: string;
  /** Names of the folders above, joined with `/`. */
  readonly path: string;
  readonly owner: Member;
  readonly sources: readonly (WarehouseTable | Dataset)[];
  readonly columns: readonly Column[];
  readonly badge: string | null;
  readonly isArchived: boolean;
  readonly migratedTo: DataModel | null;
  /** Its materializations that have ended. */
  readonly runs: readonly DatasetRun[];
}

export interface DatasetRun {
  readonly status: "success" | "failed" | "marked" | "swept";
  readonly finishedAt: string;
  readonly error: string | null;
  readonly runtimeSecs: number;
  readonly numRows: number;
  readonly numBytes: number;
}

/** SQL that somebody wrote into a document, with what it reads. */
export interface CustomSql {
  readonly kind: "sql";
  readonly id: string;
  readonly connection: Connection;
  readonly definition: string;
  readonly tables: readonly WarehouseTable[];
  readonly columns: readonly Column[];
}

/** An element of a data model, as something that another document reads. */
export interface ModelElement {
  readonly kind: "modelElement";
  readonly model: DataModel;
  readonly element: Element;
}

/** Anything that an element can read. */
export type Source = WarehouseTable | Dataset | CustomSql | ModelElement | Element;

export interface Element {
  readonly kind: "element";
  readonly id: string;
  /** What materializations are started with. */
  readonly sheetId: string;
  readonly name: string;
  /** `table`, `visualization`, `pivot-table`, `input-table`, `text`, `image`, `control`, … */
  readonly type: string;
  /** Null for elements that show no data. */
  readonly vizualizationType: string | null;
  /** More than one when it joins or unites them. */
  readonly sources: readonly Source[];
  readonly combination: Combination;
  /** What `Lookup` formulas read besides. */
  readonly lookups: readonly Source[];
  readonly columns: readonly Column[];
}

/** How an element reads several sources. */
export type Combination = "join" | "union";

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly elements: readonly Element[];
}

export interface MaterializationSchedule {
  readonly element: Element;
  readonly cronSpec: string;
  readonly timezone: string;
  readonly configuredAt: string;
  readonly paused: boolean;
}

/** What is inside a document; made when first asked for, so that an organization may be larger than the memory. */
export interface DocumentContent {
  readonly pages: readonly Page[];
  readonly schedules: readonly MaterializationSchedule[];
}

export interface DocumentTag {
  readonly tag: VersionTag;
  readonly sourceVersion: number;
  readonly taggedAt: string;
  /** The tagged version is a document of its own. */
  readonly taggedDocumentId: string;
}

interface Document extends Audit {
  readonly name: string;
  /** Names of the folders above, joined with `/`. */
  readonly path: string;
  readonly owner: Member;
  readonly version: number;
  readonly tags: readonly DocumentTag[];
  readonly badge: string | null;
  readonly isArchived: boolean;
  readonly content: DocumentContent;
}

export interface DataModel extends Document {
  readonly kind: "dataModel";
  /** False for a model in a personal space, which only its id finds. */
  readonly isListed: boolean;
}

export interface Workbook extends Document {
  readonly kind: "workbook";
  readonly description: string | null;
}

export interface Organization {
  readonly id: string;
  /** First part of the path of its pages. */
  readonly slug: string;
  readonly name: string;
  readonly members: readonly Member[];
  readonly teams: readonly Team[];
  readonly versionTags: readonly VersionTag[];
  readonly connections: readonly Connection[];
  readonly tables: readonly WarehouseTable[];
  readonly datasets: readonly Dataset[];
  readonly dataModels: readonly DataModel[];
  readonly workbooks: readonly Workbook[];
}

/** What an element reads, by whatever means. */
export function readBy({ sources, lookups }: Element): readonly Source[] {
  return [...sources, ...lookups];
}

/** All elements of a document, in order. */
export function elementsOf(document: { readonly content: DocumentContent }): readonly Element[] {
  return document.content.pages.flatMap((page) => page.elements);
}
