/**
 * Client for Sigma's REST API v2: regions, sign-in, paging, rate limiting, retries, typed rows. Independent of Dagster.
 *
 *     const client = new SigmaClient({ baseUrl: SigmaBaseUrl.AWS_US, clientId, clientSecret });
 *     for await (const workbook of client.workbooks.list()) console.log(workbook.path, workbook.name);
 *     await client.close();
 */
export { parseBaseUrl } from "./base-url.ts";
export {
  type FailedCall,
  type Refusal,
  SigmaApiError,
  SigmaAuthenticationError,
  SigmaConnectionError,
  SigmaError,
  SigmaNotFoundError,
  SigmaPermissionError,
  SigmaRateLimitError,
  SigmaResponseError,
  SigmaResponseShapeError,
  SigmaServerError,
  SigmaTimeoutError,
  sigmaClientErrorCodes,
} from "./errors.ts";
export type { AnswerLimits } from "./http/answer-limits.ts";
export type { TimeLimits } from "./http/attempt.ts";
export type { FetchLike, FetchLikeInit, FetchLikeResponse } from "./http/fetch-like.ts";
export type { CallCounts, RequestedWait } from "./http/http-caller.ts";
export type { RawAnswer } from "./http/raw-answer.ts";
export type { RetryLimits } from "./http/retry-policy.ts";
export type { Listing } from "./listing.ts";
export type { IncompleteListing, ListingLimits } from "./listing-check.ts";
export { SigmaBaseUrl } from "./regions.ts";
export type { ListDataModelsQuery } from "./resources/data-models.ts";
export type { ListFilesQuery } from "./resources/files.ts";
export type { ListMembersQuery } from "./resources/people.ts";
export type { ListWorkbooksQuery } from "./resources/workbooks.ts";
export type { OnRowProblem, RowProblem } from "./row-problem.ts";
export type { ConnectionPathRow, ConnectionRow, TableColumnRow } from "./rows/connections.ts";
export type { DatasetMaterializationRow, DatasetMigration, DatasetRow, RunError } from "./rows/datasets.ts";
export type {
  ColumnRow,
  ColumnType,
  ElementRow,
  PageRow,
  QueryRow,
  VersionRow,
} from "./rows/document-content.ts";
export type { DataModelRow, DataModelTag, ReportRow, WorkbookRow, WorkbookTag } from "./rows/documents.ts";
export type { Optional, Row } from "./rows/fields.ts";
export type { FileRow } from "./rows/files.ts";
export type { ElementLineageRow, LineageEdge, LineageNode, LineageRow, SourceRow } from "./rows/lineage.ts";

export type {
  MaterializationRow,
  MaterializationScheduleRow,
  StartedMaterializationRow,
} from "./rows/materializations.ts";
export type { MemberRow, TeamMemberRow, TeamRow, WhoAmIRow } from "./rows/people.ts";
export type { VersionTagRow, WorkspaceRow } from "./rows/places.ts";
export type { SpecRow } from "./rows/spec.ts";
export type { CallOptions } from "./sigma-api.ts";
export { SigmaClient, type SigmaClientOptions } from "./sigma-client.ts";
