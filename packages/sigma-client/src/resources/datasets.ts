import type { Listing } from "../listing.ts";
import {
  type DatasetMaterializationRow,
  type DatasetRow,
  datasetMaterializationRow,
  datasetRow,
} from "../rows/datasets.ts";
import { type SourceRow, sourceRow } from "../rows/lineage.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** `/v2/datasets`: deprecated in Sigma, read-only since 2026-06; any of these may answer 403, 404, 409 or 410. */
export class Datasets {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  list(
    query: { readonly skipPermissionCheck?: boolean } = {},
    options: CallOptions = {},
  ): Listing<DatasetRow> {
    const call = { kind: "listing", path: "datasets", query: { ...query }, ...options } as const;
    return this.#api.list(call, datasetRow, (row) => row.datasetId);
  }

  get(id: string, options: CallOptions = {}): Promise<DatasetRow> {
    return this.#api.one(datasetRow, {
      kind: "detail",
      path: `datasets/${encodeURIComponent(id)}`,
      ...options,
    });
  }

  /** Accepts no query at all. 409 `inode_archived` when the dataset, or what it reads, is archived. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    const path = `datasets/${encodeURIComponent(id)}/sources`;
    return this.#api.list({ kind: "document", path, ...options }, sourceRow, JSON.stringify, {
      style: "array",
    });
  }

  /** Finished runs. */
  materializations(id: string, options: CallOptions = {}): Listing<DatasetMaterializationRow> {
    const path = `datasets/${encodeURIComponent(id)}/materialization`;
    return this.#api.list({ kind: "document", path, ...options }, datasetMaterializationRow, JSON.stringify);
  }
}
