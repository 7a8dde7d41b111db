import type { Listing } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import {
  type DatasetMaterializationRow,
  type DatasetRow,
  datasetMaterializationRow,
  datasetRow,
} from "../rows/datasets.ts";
import { type SourceRow, sourceRow } from "../rows/lineage.ts";
import type { CallOptions, SigmaApi } from "../sigma-api.ts";

/** `/v2/datasets`: deprecated in Sigma, read-only since 2026-06. Any call may return 403, 404, 409 or 410. */
export class Datasets {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/datasets` */
  list(
    query: { readonly skipPermissionCheck?: boolean } = {},
    options: CallOptions = {},
  ): Listing<DatasetRow> {
    const call = { kind: "listing", path: "datasets", query: { ...query }, ...options } as const;
    return this.#api.list(call, datasetRow, (row) => row.datasetId);
  }

  /** `GET /v2/datasets/{id}` */
  get(id: string, options: CallOptions = {}): Promise<DatasetRow> {
    return this.#api.one(datasetRow, {
      kind: "detail",
      path: `datasets/${pathSegment(id)}`,
      ...options,
    });
  }

  /** `GET …/sources`. 409 `inode_archived` if the dataset or one of its sources is archived. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    const path = `datasets/${pathSegment(id)}/sources`;
    return this.#api.list({ kind: "document", path, ...options }, sourceRow, JSON.stringify, {
      style: "array",
    });
  }

  /** `GET …/materialization`: finished runs. */
  materializations(id: string, options: CallOptions = {}): Listing<DatasetMaterializationRow> {
    const path = `datasets/${pathSegment(id)}/materialization`;
    return this.#api.list({ kind: "document", path, ...options }, datasetMaterializationRow, JSON.stringify);
  }
}
