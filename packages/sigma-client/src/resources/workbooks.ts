import type { Listing } from "../listing.ts";
import {
  type ColumnRow,
  columnRow,
  type ElementRow,
  elementRow,
  type PageRow,
  pageRow,
  type QueryRow,
  queryRow,
  type VersionRow,
  versionRow,
} from "../rows/document-content.ts";
import { type WorkbookRow, type WorkbookTag, workbookRow, workbookTag } from "../rows/documents.ts";
import { type ElementLineageRow, elementLineageRow, type SourceRow, sourceRow } from "../rows/lineage.ts";
import {
  type MaterializationScheduleRow,
  materializationScheduleRow,
  type StartedMaterializationRow,
} from "../rows/materializations.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";
import { DocumentCalls } from "./document-calls.ts";

export interface ListWorkbooksQuery {
  /** Faster: leaves out the tags. */
  readonly excludeTags?: boolean;
  /** For admins: also what the credential cannot see. 403 for others. */
  readonly skipPermissionCheck?: boolean;
  /** The archived ones instead of the others. */
  readonly isArchived?: boolean;
  /** Only with `skipPermissionCheck`. */
  readonly excludeExplorations?: boolean;
}

/** Sigma compiles the SQL of each row when it is asked for, so pages of queries stay small. */
const queriesPageSize = 50;

/** `/v2/workbooks` */
export class Workbooks extends DocumentCalls {
  constructor(api: SigmaApi) {
    super(api, "workbooks");
  }

  list(query: ListWorkbooksQuery = {}, options: CallOptions = {}): Listing<WorkbookRow> {
    const call = { kind: "listing", path: "workbooks", query: { ...query }, ...options } as const;
    return this.api.list(call, workbookRow, (row) => row.workbookId);
  }

  get(id: string, options: CallOptions = {}): Promise<WorkbookRow> {
    return this.api.one(workbookRow, { kind: "detail", path: this.path(id), ...options });
  }

  pages(id: string, options: CallOptions = {}): Listing<PageRow> {
    return this.rows(this.path(id, "pages"), pageRow, (row) => row.pageId, options);
  }

  pageElements(id: string, pageId: string, options: CallOptions = {}): Listing<ElementRow> {
    return this.rows(this.path(id, "pages", pageId, "elements"), elementRow, (row) => row.elementId, options);
  }

  /** Here the display name of a column is its `label`. */
  elementColumns(id: string, elementId: string, options: CallOptions = {}): Listing<ColumnRow> {
    return this.rows(
      this.path(id, "elements", elementId, "columns"),
      columnRow,
      (row) => row.columnId,
      options,
    );
  }

  /** 400 for an element that shows no data, 500 for one without lineage: both are normal. */
  elementLineage(id: string, elementId: string, options: CallOptions = {}): Promise<ElementLineageRow> {
    const path = this.path(id, "lineage", "elements", elementId);
    return this.api.one(elementLineageRow, { kind: "elementLineage", path, ...options });
  }

  /** What the workbook reads, without its elements. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    return this.rows(this.path(id, "sources"), sourceRow, JSON.stringify, options, { style: "array" });
  }

  /** Generated SQL of each data element; ends with a comment that names the member who asked. */
  queries(id: string, options: CallOptions = {}): Listing<QueryRow> {
    const paging = { style: "page", pageSize: queriesPageSize } as const;
    return this.rows(this.path(id, "queries"), queryRow, JSON.stringify, options, paging);
  }

  /** 404 for an element without a query. */
  elementQuery(id: string, elementId: string, options: CallOptions = {}): Promise<QueryRow> {
    const path = this.path(id, "elements", elementId, "query");
    return this.api.one(queryRow, { kind: "detail", path, ...options });
  }

  tags(id: string, options: CallOptions = {}): Listing<WorkbookTag> {
    return this.rows(this.path(id, "tags"), workbookTag, JSON.stringify, options);
  }

  versionHistory(id: string, options: CallOptions = {}): Listing<VersionRow> {
    return this.rows(this.path(id, "version-history"), versionRow, JSON.stringify, options);
  }

  materializationSchedules(id: string, options: CallOptions = {}): Listing<MaterializationScheduleRow> {
    const path = this.path(id, "materialization-schedules");
    return this.rows(path, materializationScheduleRow, (row) => row.sheetId, options);
  }

  /** Repeated only when it certainly has not started anything. */
  startMaterialization(
    id: string,
    sheetId: string,
    options: CallOptions = {},
  ): Promise<StartedMaterializationRow> {
    return this.start(this.path(id, "materializations"), sheetId, options);
  }
}
