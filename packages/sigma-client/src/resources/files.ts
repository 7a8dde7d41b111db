import type { Listing } from "../listing.ts";
import { type FileRow, fileRow } from "../rows/files.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

export interface ListFilesQuery {
  /** Types, for example `table`; warehouse tables come only when asked for. */
  readonly typeFilters?: string | readonly string[];
  readonly name?: string;
  readonly parentId?: string;
  readonly permissionFilter?: "view" | "explore" | "organize" | "edit";
  readonly directChildFilter?: boolean;
}

/** `/v2/files`: limited to what the credential's owner can reach, also for admins. */
export class Files {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** A row without `id` and `urlId` stands for an error that Sigma puts among the entries. */
  list(query: ListFilesQuery = {}, options: CallOptions = {}): Listing<FileRow> {
    const call = { kind: "listing", path: "files", query: { ...query }, ...options } as const;
    return this.#api.list(call, fileRow, (row) => row.id ?? row.urlId ?? JSON.stringify(row));
  }

  get(inodeId: string, options: CallOptions = {}): Promise<FileRow> {
    return this.#api.one(fileRow, {
      kind: "detail",
      path: `files/${encodeURIComponent(inodeId)}`,
      ...options,
    });
  }
}
