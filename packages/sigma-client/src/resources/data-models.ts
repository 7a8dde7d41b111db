import type { Listing } from "../listing.ts";
import { type DataModelRow, type DataModelTag, dataModelRow, dataModelTag } from "../rows/documents.ts";
import { type SourceRow, sourceRow } from "../rows/lineage.ts";
import {
  type MaterializationScheduleRow,
  materializationScheduleRow,
  type StartedMaterializationRow,
} from "../rows/materializations.ts";
import { type CallOptions, type SigmaApi, tokenStyle } from "../sigma-api.ts";
import { DocumentCalls } from "./document-calls.ts";

export interface ListDataModelsQuery {
  readonly excludeTags?: boolean;
  /** For admins: also what the credential cannot see. 403 for others. */
  readonly skipPermissionCheck?: boolean;
}

/** `/v2/dataModels` */
export class DataModels extends DocumentCalls {
  constructor(api: SigmaApi) {
    super(api, "dataModels");
  }

  list(query: ListDataModelsQuery = {}, options: CallOptions = {}): Listing<DataModelRow> {
    const call = { kind: "listing", path: "dataModels", query: { ...query }, ...options } as const;
    return this.api.list(call, dataModelRow, (row) => row.dataModelId);
  }

  /** Also finds a model in a personal space, which no list shows. */
  get(id: string, options: CallOptions = {}): Promise<DataModelRow> {
    return this.api.one(dataModelRow, { kind: "detail", path: this.path(id), ...options });
  }

  /** Here tables and datasets are named by `tableId` and `datasetId`. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    return this.rows(this.path(id, "sources"), sourceRow, JSON.stringify, options, tokenStyle);
  }

  tags(id: string, options: CallOptions = {}): Listing<DataModelTag> {
    return this.rows(this.path(id, "tags"), dataModelTag, JSON.stringify, options);
  }

  materializationSchedules(id: string, options: CallOptions = {}): Listing<MaterializationScheduleRow> {
    const path = this.path(id, "materializationSchedules");
    return this.rows(path, materializationScheduleRow, (row) => row.sheetId, options, tokenStyle);
  }

  /** Repeated only when it certainly has not started anything. */
  startMaterialization(
    id: string,
    sheetId: string,
    options: CallOptions = {},
  ): Promise<StartedMaterializationRow> {
    return this.start(`${this.path(id)}:materialize`, sheetId, options);
  }
}
