import { errorText } from "@dagster-sigma/foundation";
import { type DataModelRow, SigmaApiError, type SigmaClient, SigmaError } from "@dagster-sigma/sigma-client";
import type { SqlColumnReader } from "@dagster-sigma/sql-lineage";
import type { SqlDialect } from "@dagster-sigma/sql-lineage/tables";
import type { FetchProgress } from "../../environment/fetch-progress.ts";
import { UpstreamError } from "../../errors.ts";
import type {
  CallFailure,
  FailureSubject,
  OrganizationState,
  StateOptions,
} from "../../state/organization-state.ts";
import type { ReusableFetches } from "../reuse/reusable-fetches.ts";
import type { JournalEntry } from "../store/read-journal.ts";
import type { UpstreamMatcher } from "../table-matchers/upstream-matcher.ts";
import type { ConcurrencyLimit } from "./concurrency-limit.ts";
import { endsLoad } from "./ends-load.ts";
import type { OfferedRoutes } from "./offered-routes.ts";
import type { RowProblems } from "./row-problems.ts";
import type { SharedTexts } from "./shared-texts.ts";

/** Shared by all parts of a fetch. */
export interface FetchContext {
  readonly client: SigmaClient;
  readonly options: StateOptions;
  readonly signal: AbortSignal;
  /** Whether a failed lineage call is recorded instead of ending the fetch. */
  readonly warnOnLineageFetchError: boolean;
  readonly routes: OfferedRoutes;
  /** Limits the number of documents in progress. */
  readonly slots: ConcurrencyLimit;
  /** The timestamp of fetched data, in ISO 8601. */
  readonly now: string;
  /** Reusable results of earlier fetches; null to fetch everything. */
  readonly previous: ReusableFetches | null;
  /** The complete state that this fetch replaces; null for the first fetch. */
  readonly lastGood: Promise<OrganizationState | null>;
  /** Called with every document whose details were fetched. */
  readonly onFetched: (entry: JournalEntry) => void;
  /** Called once all listings are complete, with the fingerprints of data models and datasets. */
  readonly onListed: (marks: ReadonlyMap<string, string>) => void;
  /** The unreadable parts of rows so far. */
  readonly rowProblems: RowProblems;
  /** Texts of the rows of documents so far. */
  readonly texts: SharedTexts;
  readonly sqlColumns: SqlColumnReader;
  readonly upstream: readonly UpstreamMatcher[];
  /** Maximum number of calls for single tables. */
  readonly maxTableLookups: number;
  /** Unlisted data models that were already fetched. */
  readonly unlisted: ReadonlyMap<string, DataModelRow>;
  /** The SQL dialect of a connection; `generic` if unknown. */
  readonly dialectOf: (connectionId: string | null) => SqlDialect;
  readonly onProgress: (progress: Omit<FetchProgress, "requests" | "retries">) => void;
}

/** The details to which `warnOnLineageFetchError` applies. */
const lineageSubjects: ReadonlySet<FailureSubject> = new Set([
  "lineage",
  "datasetSources",
  "tables",
  "connectionPaths",
  "connections",
]);

/**
 * Returns the result of a call for a detail. If it fails permanently, records the failure and returns null.
 *
 * @throws the error itself if it {@link endsLoad}, or if lineage failures must fail the load
 */
export async function orNote<Result>(
  context: Pick<FetchContext, "warnOnLineageFetchError">,
  failures: CallFailure[],
  subject: FailureSubject,
  call: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await call();
  } catch (thrown) {
    const isCallFailure = thrown instanceof SigmaError || thrown instanceof UpstreamError;
    if (endsLoad(thrown) || !isCallFailure) throw thrown;
    if (!context.warnOnLineageFetchError && lineageSubjects.has(subject)) throw thrown;
    failures.push(describeFailure(subject, thrown));
    return null;
  }
}

/** Converts an error for the state. */
export function describeFailure(subject: FailureSubject, error: SigmaError | UpstreamError): CallFailure {
  const isAnswer = error instanceof SigmaApiError;
  return {
    subject,
    code: error.code,
    status: isAnswer ? error.status : null,
    sigmaCode: isAnswer ? error.sigmaCode : null,
    message: errorText(error),
  };
}
