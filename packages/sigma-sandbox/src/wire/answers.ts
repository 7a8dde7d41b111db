import type { ConnectionEntry, ConnectionPathEntry, TableColumnEntry } from "./connections.ts";
import type { DatasetEntry, DatasetRunEntry, DatasetSourceEntry } from "./datasets.ts";
import type {
  ColumnEntry,
  ElementColumnEntry,
  ElementEntry,
  MaterializationScheduleEntry,
  PageEntry,
  QueryEntry,
} from "./document-content.ts";
import type {
  DataModelEntry,
  DataModelTagEntry,
  VersionEntry,
  WorkbookEntry,
  WorkbookTagEntry,
} from "./documents.ts";
import type { FileEntry } from "./files.ts";
import type {
  DataModelSourceEntry,
  ElementLineageAnswer,
  LineageEntry,
  WorkbookSourceEntry,
} from "./lineage.ts";
import type { MemberEntry, TeamEntry, TeamMemberEntry } from "./people.ts";
import type { VersionTagEntry, WorkspaceEntry } from "./places.ts";
import type { DataModelSpecAnswer, WorkbookSpecAnswer } from "./spec.ts";

/** A page of rows in `page` style. `hasMore` is deprecated, but old clients use it. */
export interface PageAnswer<Entry> {
  readonly entries: Entry[];
  readonly nextPage: string | null;
  readonly hasMore: boolean;
  readonly total: number;
}

/** A page of rows in token style; without token on the last page. */
export interface TokenPageAnswer<Entry> {
  readonly entries: Entry[];
  readonly nextPageToken?: string;
}

/** Routes with `page` style paging, and their rows. */
export interface PagedRoutes {
  "/v2/workbooks": WorkbookEntry;
  "/v2/workbooks/{workbookId}/pages": PageEntry;
  "/v2/workbooks/{workbookId}/pages/{pageId}/elements": ElementEntry;
  "/v2/workbooks/{workbookId}/elements": ElementEntry;
  "/v2/workbooks/{workbookId}/elements/{elementId}/columns": ElementColumnEntry;
  "/v2/workbooks/{workbookId}/columns": ColumnEntry;
  "/v2/workbooks/{workbookId}/lineage": LineageEntry;
  "/v2/workbooks/{workbookId}/queries": QueryEntry;
  "/v2/workbooks/{workbookId}/tags": WorkbookTagEntry;
  "/v2/workbooks/{workbookId}/version-history": VersionEntry;
  "/v2/workbooks/{workbookId}/materialization-schedules": MaterializationScheduleEntry;
  "/v2/dataModels": DataModelEntry;
  "/v2/dataModels/{dataModelId}/elements": ElementEntry;
  "/v2/dataModels/{dataModelId}/columns": ColumnEntry;
  "/v2/dataModels/{dataModelId}/lineage": LineageEntry;
  "/v2/dataModels/{dataModelId}/tags": DataModelTagEntry;
  "/v2/datasets": DatasetEntry;
  "/v2/datasets/{datasetId}/materialization": DatasetRunEntry;
  "/v2/files": FileEntry;
  "/v2/connections": ConnectionEntry;
  "/v2/connections/paths": ConnectionPathEntry;
  "/v2/members": MemberEntry;
  "/v2/teams": TeamEntry;
  "/v2/teams/{teamId}/members": TeamMemberEntry;
  "/v2/workspaces": WorkspaceEntry;
  "/v2/tags": VersionTagEntry;
  "/v2/tags/{tagId}/workbooks": WorkbookEntry;
}

/** Routes with token style paging, and their rows. */
export interface TokenPagedRoutes {
  "/v2/dataModels/{dataModelId}/sources": DataModelSourceEntry;
  "/v2/dataModels/{dataModelId}/materializationSchedules": MaterializationScheduleEntry;
  "/v2/connections/tables/{tableId}/columns": TableColumnEntry;
}

/** Routes that return a bare array, and its rows. */
export interface ArrayRoutes {
  "/v2/workbooks/{workbookId}/sources": WorkbookSourceEntry;
  "/v2/datasets/{datasetId}/sources": DatasetSourceEntry;
}

export interface MaterializationAnswer {
  readonly materializationId: string;
  readonly status: string;
  readonly startedAt: string;
  readonly readyAt?: string;
  readonly expiredAt?: string;
  readonly error?: string;
}

/** Routes that return one object. */
export interface ObjectRoutes {
  "/v2/whoami": { readonly userId: string; readonly organizationId: string };
  "/v2/workbooks/{workbookId}": WorkbookEntry;
  "/v2/workbooks/{workbookId}/elements/{elementId}/query": QueryEntry;
  "/v2/workbooks/{workbookId}/lineage/elements/{elementId}": ElementLineageAnswer;
  "/v2/workbooks/{workbookId}/spec": WorkbookSpecAnswer;
  "/v2/dataModels/{dataModelId}/spec": DataModelSpecAnswer;
  "/v2/workbooks/{workbookId}/materializations/{materializationId}": MaterializationAnswer;
  "/v2/dataModels/{dataModelId}": DataModelEntry;
  "/v2/dataModels/{dataModelId}/materializations/{materializationId}": MaterializationAnswer;
  "/v2/datasets/{datasetId}": DatasetEntry;
  "/v2/files/{inodeId}": FileEntry;
  "/v2/connections/{connectionId}": ConnectionEntry;
  "/v2/connections/paths/{inodeId}": { readonly connectionId: string; readonly path: string[] };
  "/v2/members/{memberId}": MemberEntry;
  "/v2/teams/{teamId}": TeamEntry & { readonly members: string[] };
  "/v2/workspaces/{workspaceId}": WorkspaceEntry;
}

/** Routes that start an operation. */
export interface PostRoutes {
  "/v2/workbooks/{workbookId}/materializations": { readonly materializationId: string };
  "/v2/dataModels/{dataModelId}:materialize": { readonly materializationId: string };
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: "bearer";
  readonly expires_in: number;
}
