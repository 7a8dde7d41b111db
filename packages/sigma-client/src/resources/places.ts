import type { Listing } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import { type WorkbookRow, workbookRow } from "../rows/documents.ts";
import { type VersionTagRow, versionTagRow, type WorkspaceRow, workspaceRow } from "../rows/places.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** `/v2/workspaces` */
export class Workspaces {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/workspaces` */
  list(query: { readonly name?: string } = {}, options: CallOptions = {}): Listing<WorkspaceRow> {
    const call = { kind: "listing", path: "workspaces", query: { ...query }, ...options } as const;
    return this.#api.list(call, workspaceRow, (row) => row.workspaceId);
  }

  /** `GET /v2/workspaces/{id}` */
  get(id: string, options: CallOptions = {}): Promise<WorkspaceRow> {
    return this.#api.one(workspaceRow, {
      kind: "detail",
      path: `workspaces/${pathSegment(id)}`,
      ...options,
    });
  }
}

/** `/v2/tags`: the version tags of the organization. */
export class VersionTags {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/tags` */
  list(query: { readonly search?: string } = {}, options: CallOptions = {}): Listing<VersionTagRow> {
    const call = { kind: "listing", path: "tags", query: { ...query }, ...options } as const;
    return this.#api.list(call, versionTagRow, (row) => row.versionTagId);
  }

  /** `GET /v2/tags/{versionTagId}/workbooks`: workbooks with this tag */
  workbooks(versionTagId: string, options: CallOptions = {}): Listing<WorkbookRow> {
    const path = `tags/${pathSegment(versionTagId)}/workbooks`;
    return this.#api.list({ kind: "listing", path, ...options }, workbookRow, (row) => row.workbookId);
  }
}
