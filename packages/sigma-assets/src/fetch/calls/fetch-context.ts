import { errorText } from "@dagster-sigma/foundation";
import {
  type DataModelRow,
  SigmaApiError,
  SigmaAuthenticationError,
  type SigmaClient,
  SigmaError,
} from "@dagster-sigma/sigma-client";
import type { SqlColumnReader } from "@dagster-sigma/sql-lineage";
import type { SqlDialect } from "@dagster-sigma/sql-lineage/tables";
import type { FetchProgress } from "../../environment/fetch-progress.ts";
import { UpstreamError } from "../../errors.ts";
import type { CallFailure, FailureSubject, StateOptions } from "../../state/organization-state.ts";
import type { ReusableFetches } from "../reuse/reusable-fetches.ts";
import type { JournalEntry } from "../store/refresh-journal.ts";
import type { UpstreamMatcher } from "../table-matchers/upstream-matcher.ts";
import type { ConcurrencyLimit } from "./concurrency-limit.ts";
import type { OfferedRoutes } from "./offered-routes.ts";

/** What every part of a fetch needs. */
export interface FetchContext {
  readonly client: SigmaClient;
  readonly options: StateOptions;
  readonly signal: AbortSignal;
  /** Whether a failing lineage call is noted instead of ending the fetch. */
  readonly warnOnLineageFetchError: boolean;
  readonly routes: OfferedRoutes;
  /** Documents wait for theirs. */
  readonly slots: ConcurrencyLimit;
  /** The time that what is fetched carries, ISO 8601. */
  readonly now: string;
  /** What an earlier fetch left; null to fetch everything. */
  readonly previous: ReusableFetches | null;
  /** Is shown every document whose inside was fetched. */
  readonly onFetched: (entry: JournalEntry) => void;
  /** Is told, once all is listed, what data models and datasets are like. */
  readonly onListed: (marks: ReadonlyMap<string, string>) => void;
  readonly sqlColumns: SqlColumnReader;
  readonly upstream: readonly UpstreamMatcher[];
  /** Data models that no listing shows, as far as they were asked for already. */
  readonly unlisted: ReadonlyMap<string, DataModelRow>;
  /** The SQL dialect of a connection; `generic` for one that is not known. */
  readonly dialectOf: (connectionId: string | null) => SqlDialect;
  readonly onProgress: (progress: Omit<FetchProgress, "requests" | "retries">) => void;
}

/** What to learn is part of the lineage: the calls that `warnOnLineageFetchError` is about. */
const lineageSubjects: ReadonlySet<FailureSubject> = new Set([
  "lineage",
  "datasetSources",
  "tables",
  "connectionPaths",
  "connections",
]);

/**
 * The result of a call for a detail; where the call fails for good, a note of it and `null`.
 *
 * @throws the error itself when nothing else can succeed either (sign-in, abort, a bug), or lineage must not fail
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
    const isTold = thrown instanceof SigmaError || thrown instanceof UpstreamError;
    if (!isTold || thrown instanceof SigmaAuthenticationError) throw thrown;
    if (!context.warnOnLineageFetchError && lineageSubjects.has(subject)) throw thrown;
    failures.push(describeFailure(subject, thrown));
    return null;
  }
}

/** An error as it is kept in the state. */
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
