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
import { DocumentCalls, scheduleIdentity } from "./document-calls.ts";

/** Query of `GET /v2/workbooks`. */
export interface ListWorkbooksQuery {
  /** Omits the tags, which is faster. */
  readonly excludeTags?: boolean;
  /** For admins: includes objects that the credentials cannot see. 403 for other users. */
  readonly skipPermissionCheck?: boolean;
  /** Lists archived workbooks instead of active ones. */
  readonly isArchived?: boolean;
  /** Omits explorations; only with `skipPermissionCheck`. */
  readonly excludeExplorations?: boolean;
}

/** Sigma compiles the SQL of each row for the response, so pages of queries are small. */
const queriesPageSize = 50;

/** `/v2/workbooks` */
export class Workbooks extends DocumentCalls {
  constructor(api: SigmaApi) {
    super(api, "workbooks");
  }

  /** `GET /v2/workbooks` */
  list(query: ListWorkbooksQuery = {}, options: CallOptions = {}): Listing<WorkbookRow> {
    const call = { kind: "listing", path: "workbooks", query: { ...query }, ...options } as const;
    return this.api.list(call, workbookRow, (row) => row.workbookId);
  }

  /** `GET /v2/workbooks/{id}` */
  get(id: string, options: CallOptions = {}): Promise<WorkbookRow> {
    return this.api.one(workbookRow, { kind: "detail", path: this.path(id), ...options });
  }

  /** `GET …/pages` */
  pages(id: string, options: CallOptions = {}): Listing<PageRow> {
    return this.rows(this.path(id, "pages"), pageRow, (row) => row.pageId, options);
  }

  /** `GET …/pages/{pageId}/elements` */
  pageElements(id: string, pageId: string, options: CallOptions = {}): Listing<ElementRow> {
    return this.rows(this.path(id, "pages", pageId, "elements"), elementRow, (row) => row.elementId, options);
  }

  /** `GET …/elements/{elementId}/columns`. The display name of a column is its `label`. */
  elementColumns(id: string, elementId: string, options: CallOptions = {}): Listing<ColumnRow> {
    return this.rows(
      this.path(id, "elements", elementId, "columns"),
      columnRow,
      (row) => row.columnId,
      options,
    );
  }

  /** `GET …/lineage/elements/{elementId}`. Sigma returns 400 for an element without data and 500 for one without lineage. */
  elementLineage(id: string, elementId: string, options: CallOptions = {}): Promise<ElementLineageRow> {
    const path = this.path(id, "lineage", "elements", elementId);
    return this.api.one(elementLineageRow, { kind: "elementLineage", path, ...options });
  }

  /** `GET …/sources`: the sources of the workbook, without its elements. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    return this.rows(this.path(id, "sources"), sourceRow, JSON.stringify, options, { style: "array" });
  }

  /** `GET …/queries`: the generated SQL of each data element. It ends with a comment that names the user of the credentials. */
  queries(id: string, options: CallOptions = {}): Listing<QueryRow> {
    const paging = { style: "page", pageSize: queriesPageSize } as const;
    return this.rows(this.path(id, "queries"), queryRow, JSON.stringify, options, paging);
  }

  /** `GET …/elements/{elementId}/query`. 404 for an element without a query. */
  elementQuery(id: string, elementId: string, options: CallOptions = {}): Promise<QueryRow> {
    const path = this.path(id, "elements", elementId, "query");
    return this.api.one(queryRow, { kind: "detail", path, ...options });
  }

  /** `GET …/tags`: the version tags of a workbook */
  tags(id: string, options: CallOptions = {}): Listing<WorkbookTag> {
    return this.rows(this.path(id, "tags"), workbookTag, JSON.stringify, options);
  }

  /** `GET …/version-history` */
  versionHistory(id: string, options: CallOptions = {}): Listing<VersionRow> {
    return this.rows(this.path(id, "version-history"), versionRow, JSON.stringify, options);
  }

  /** `GET …/materialization-schedules` */
  materializationSchedules(id: string, options: CallOptions = {}): Listing<MaterializationScheduleRow> {
    const path = this.path(id, "materialization-schedules");
    return this.rows(path, materializationScheduleRow, scheduleIdentity, options);
  }

  /** `POST …/materializations`. Retried only if it certainly had no effect. */
  startMaterialization(
    id: string,
    sheetId: string,
    options: CallOptions = {},
  ): Promise<StartedMaterializationRow> {
    return this.start(this.path(id, "materializations"), sheetId, options);
  }
}
