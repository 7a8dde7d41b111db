import type { Listing } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import { type FileRow, fileRow } from "../rows/files.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** Query of `GET /v2/files`. */
export interface ListFilesQuery {
  /** Types to list, for example `table` (default: all types except tables). */
  readonly typeFilters?: string | readonly string[];
  /** Name to search for. */
  readonly name?: string;
  /** Lists only files below this folder. */
  readonly parentId?: string;
  /** Lists only files for which the user has this permission. */
  readonly permissionFilter?: "view" | "explore" | "organize" | "edit";
  /** Lists only direct children of `parentId`. */
  readonly directChildFilter?: boolean;
}

/** `/v2/files`: limited to files that the owner of the credentials can access, also for admins. */
export class Files {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/files`. A row without `id` and `urlId` is an error that Sigma returns among the entries. */
  list(query: ListFilesQuery = {}, options: CallOptions = {}): Listing<FileRow> {
    const call = { kind: "listing", path: "files", query: { ...query }, ...options } as const;
    return this.#api.list(call, fileRow, (row) => row.id ?? row.urlId ?? JSON.stringify(row));
  }

  /** `GET /v2/files/{inodeId}` */
  get(inodeId: string, options: CallOptions = {}): Promise<FileRow> {
    return this.#api.one(fileRow, {
      kind: "detail",
      path: `files/${pathSegment(inodeId)}`,
      ...options,
    });
  }
}
