import type { Listing } from "../listing.ts";
import { type ReportRow, reportRow } from "../rows/documents.ts";
import { type CallOptions, type SigmaApi, tokenStyle } from "../sigma-api.ts";
import { DocumentCalls } from "./document-calls.ts";

/** `/v2/reports`. The listing has page style, the parts of a report have token style. */
export class Reports extends DocumentCalls {
  constructor(api: SigmaApi) {
    super(api, "reports", tokenStyle);
  }

  /** `GET /v2/reports` */
  list(options: CallOptions = {}): Listing<ReportRow> {
    return this.api.list({ kind: "listing", path: "reports", ...options }, reportRow, (row) => row.reportId);
  }

  /** `GET /v2/reports/{id}` */
  get(id: string, options: CallOptions = {}): Promise<ReportRow> {
    return this.api.one(reportRow, { kind: "detail", path: this.path(id), ...options });
  }
}
