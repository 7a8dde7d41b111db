import type { Listing } from "../listing.ts";
import { type DataModelRow, type DataModelTag, dataModelRow, dataModelTag } from "../rows/documents.ts";
import { type SourceRow, sourceRow } from "../rows/lineage.ts";
import {
  type MaterializationScheduleRow,
  materializationScheduleRow,
  type StartedMaterializationRow,
} from "../rows/materializations.ts";
import { type CallOptions, type SigmaApi, tokenStyle } from "../sigma-api.ts";
import { DocumentCalls, scheduleIdentity } from "./document-calls.ts";

/** Query of `GET /v2/dataModels`. */
export interface ListDataModelsQuery {
  /** Omits the tags. */
  readonly excludeTags?: boolean;
  /** For admins: includes objects that the credentials cannot see. 403 for other users. */
  readonly skipPermissionCheck?: boolean;
}

/** `/v2/dataModels` */
export class DataModels extends DocumentCalls {
  constructor(api: SigmaApi) {
    super(api, "dataModels");
  }

  /** `GET /v2/dataModels` */
  list(query: ListDataModelsQuery = {}, options: CallOptions = {}): Listing<DataModelRow> {
    const call = { kind: "listing", path: "dataModels", query: { ...query }, ...options } as const;
    return this.api.list(call, dataModelRow, (row) => row.dataModelId);
  }

  /** `GET /v2/dataModels/{id}`. Also returns a model in a personal folder, which no listing shows. */
  get(id: string, options: CallOptions = {}): Promise<DataModelRow> {
    return this.api.one(dataModelRow, { kind: "detail", path: this.path(id), ...options });
  }

  /** `GET …/sources`. Identifies tables and datasets by `tableId` and `datasetId`. */
  sources(id: string, options: CallOptions = {}): Listing<SourceRow> {
    return this.rows(this.path(id, "sources"), sourceRow, JSON.stringify, options, tokenStyle);
  }

  /** `GET …/tags`: the version tags of a data model */
  tags(id: string, options: CallOptions = {}): Listing<DataModelTag> {
    return this.rows(this.path(id, "tags"), dataModelTag, JSON.stringify, options);
  }

  /** `GET …/materializationSchedules` */
  materializationSchedules(id: string, options: CallOptions = {}): Listing<MaterializationScheduleRow> {
    const path = this.path(id, "materializationSchedules");
    return this.rows(path, materializationScheduleRow, scheduleIdentity, options, tokenStyle);
  }

  /** `POST …:materialize`. Retried only if it certainly had no effect. */
  startMaterialization(
    id: string,
    sheetId: string,
    options: CallOptions = {},
  ): Promise<StartedMaterializationRow> {
    return this.start(`${this.path(id)}:materialize`, sheetId, options);
  }
}
