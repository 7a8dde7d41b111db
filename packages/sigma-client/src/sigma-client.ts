import {
  type Clock,
  ConfigurationError,
  type Logger,
  silentLogger,
  systemClock,
} from "@dagster-sigma/foundation";
import { parseBaseUrl } from "./base-url.ts";
import { type AnswerLimits, defaultAnswerLimits } from "./http/answer-limits.ts";
import type { TimeLimits } from "./http/attempt.ts";
import type { FetchLike, HttpTransport } from "./http/fetch-like.ts";
import { type CallCounts, HttpCaller, type RequestedWait } from "./http/http-caller.ts";
import { KnownSecrets } from "./http/known-secrets.ts";
import type { RawAnswer } from "./http/raw-answer.ts";
import { defaultRetryLimits, type RetryLimits } from "./http/retry-policy.ts";
import { createUndiciTransport } from "./http/undici-transport.ts";
import { defaultListingLimits, type IncompleteListing, type ListingLimits } from "./listing-check.ts";
import { logRowProblems } from "./log-row-problems.ts";
import { Connections } from "./resources/connections.ts";
import { DataModels } from "./resources/data-models.ts";
import { Datasets } from "./resources/datasets.ts";
import { Files } from "./resources/files.ts";
import { Members, Teams } from "./resources/people.ts";
import { VersionTags, Workspaces } from "./resources/places.ts";
import { Reports } from "./resources/reports.ts";
import { Workbooks } from "./resources/workbooks.ts";
import type { OnRowProblem } from "./row-problem.ts";
import { type WhoAmIRow, whoAmIRow } from "./rows/people.ts";
import { type CallOptions, SigmaApi } from "./sigma-api.ts";
import { TokenSource } from "./sign-in/token-source.ts";
import { userAgent } from "./user-agent.ts";

/** Options of a {@link SigmaClient}. */
export interface SigmaClientOptions
  extends Partial<TimeLimits>,
    Partial<AnswerLimits>,
    Partial<ListingLimits> {
  /** `https://host`, with or without `/v2`; {@link SigmaBaseUrl} has those of Sigma's regions. */
  readonly baseUrl: string;
  /** Client id of the API credentials. */
  readonly clientId: string;
  /** Client secret of the API credentials; never logged. */
  readonly clientSecret: string;
  /** Allows plain http to other machines (default: false). */
  readonly allowHttp?: boolean;
  /** PEM file with trusted certificates, in addition to Node's own and those of `NODE_EXTRA_CA_CERTS`. */
  readonly caFile?: string;
  /** Maximum calls in flight (default: 16). The client starts with 4 and reduces the number after a 429. */
  readonly maxConcurrency?: number;
  /** Maximum requests per second (default: adaptive only, see `docs/reference/reliability.md`). */
  readonly requestsPerSecond?: number;
  /** Overrides single limits of retries. */
  readonly retryLimits?: Partial<RetryLimits>;
  /**
   * Sends the requests instead of the built-in HTTP client. `caFile`, `connectTimeoutMs`, `firstByteTimeoutMs` and the
   * proxy variables then have no effect.
   */
  readonly fetch?: FetchLike;
  /** Called with every complete response, for recording; not with token responses. */
  readonly onAnswer?: (answer: RawAnswer) => void;
  /** Called with every wait of a second or more that Sigma requests with `Retry-After`. */
  readonly onWait?: (wait: RequestedWait) => void;
  /** Called with every listing that has fewer rows than Sigma says, also when it was listed again. */
  readonly onIncompleteListing?: (listing: IncompleteListing) => void;
  /**
   * Called with every row and field that is left out because it does not have the documented type (default: logs the first
   * of each field as a warning).
   */
  readonly onRowProblem?: OnRowProblem;
  /** Clock for delays and time measurement (default: the system clock). */
  readonly clock?: Clock;
  /** Logs each call and retry at debug level, and unreadable fields as warnings (default: silent). */
  readonly logger?: Logger;
  /** Random number from 0 to 1, for jitter (default: `Math.random`). */
  readonly random?: () => number;
}

/** The base URL is part of messages and states. @throws ConfigurationError `SIGMA_BASE_URL_INVALID` */
function refuseSecretIn(baseUrl: string, secret: string): void {
  if (secret === "" || !baseUrl.toLowerCase().includes(secret.toLowerCase())) return;
  throw new ConfigurationError({
    code: "SIGMA_BASE_URL_INVALID",
    message: "The Sigma base URL contains the client secret.",
    hint: "Set SIGMA_BASE_URL to the address of the API, and SIGMA_CLIENT_SECRET to the secret.",
  });
}

/** An option that is undefined has its default. */
function listingLimitsOf(options: Partial<ListingLimits>): ListingLimits {
  const defaults = defaultListingLimits;
  return {
    maxPages: options.maxPages ?? defaults.maxPages,
    maxRows: options.maxRows ?? defaults.maxRows,
    maxListingLength: options.maxListingLength ?? defaults.maxListingLength,
    maxDocumentRows: options.maxDocumentRows ?? defaults.maxDocumentRows,
    maxDocumentLength: options.maxDocumentLength ?? defaults.maxDocumentLength,
    maxAllDocumentsLength: options.maxAllDocumentsLength ?? defaults.maxAllDocumentsLength,
  };
}

/** A second attempt fits into the time of a call if the first one gets no answer. */
const defaultTimeLimits: TimeLimits = {
  connectTimeoutMs: 10_000,
  firstByteTimeoutMs: 60_000,
  slowBodyAfterMs: 10_000,
  callTimeoutMs: 120_000,
};

/**
 * Client for Sigma's REST API v2 with one set of credentials. It signs in with the first call. Call {@link close} to close
 * its connections.
 *
 *     const client = new SigmaClient({ baseUrl: SigmaBaseUrl.AWS_US, clientId, clientSecret });
 *     const workbooks = await client.workbooks.list().toArray();
 *     await client.close();
 */
export class SigmaClient {
  /** The normalized base URL: `https://host`. */
  readonly baseUrl: string;
  /** `/v2/workbooks` */
  readonly workbooks: Workbooks;
  /** `/v2/dataModels` */
  readonly dataModels: DataModels;
  /** `/v2/datasets` */
  readonly datasets: Datasets;
  /** `/v2/reports` */
  readonly reports: Reports;
  /** `/v2/files` */
  readonly files: Files;
  /** `/v2/connections` */
  readonly connections: Connections;
  /** `/v2/members` */
  readonly members: Members;
  /** `/v2/teams` */
  readonly teams: Teams;
  /** `/v2/workspaces` */
  readonly workspaces: Workspaces;
  /** `/v2/tags` */
  readonly versionTags: VersionTags;
  readonly #api: SigmaApi;
  readonly #caller: HttpCaller;
  readonly #transport: HttpTransport;
  #repeatedRows = 0;

  /** @throws ConfigurationError `SIGMA_BASE_URL_INVALID`, `SIGMA_CA_FILE_UNREADABLE` */
  constructor(options: SigmaClientOptions) {
    this.baseUrl = parseBaseUrl(options.baseUrl, options);
    refuseSecretIn(this.baseUrl, options.clientSecret);
    const clock = options.clock ?? systemClock;
    const maxConcurrency = options.maxConcurrency ?? 16;
    const timeLimits: TimeLimits = {
      connectTimeoutMs: options.connectTimeoutMs ?? defaultTimeLimits.connectTimeoutMs,
      firstByteTimeoutMs: options.firstByteTimeoutMs ?? defaultTimeLimits.firstByteTimeoutMs,
      slowBodyAfterMs: options.slowBodyAfterMs ?? defaultTimeLimits.slowBodyAfterMs,
      callTimeoutMs: options.callTimeoutMs ?? defaultTimeLimits.callTimeoutMs,
    };
    const { maxAnswerBytes } = { ...defaultAnswerLimits, ...options };
    const { clientId, clientSecret } = options;
    const secrets = new KnownSecrets();
    secrets.add(clientSecret);
    secrets.add(clientId);
    const target = { baseUrl: this.baseUrl, redact: secrets.redact };
    this.#transport =
      options.fetch === undefined
        ? createUndiciTransport({
            ...timeLimits,
            maxAnswerBytes,
            maxConnections: maxConcurrency,
            caFile: options.caFile,
          })
        : { fetch: options.fetch, close: () => Promise.resolve() };
    this.#caller = new HttpCaller({
      fetch: this.#transport.fetch,
      onAnswer: options.onAnswer,
      onWait: options.onWait,
      redact: secrets.redact,
      answerLimits: { maxAnswerBytes },
      clock,
      logger: options.logger ?? silentLogger,
      timeLimits,
      retryLimits: { ...defaultRetryLimits, ...options.retryLimits },
      maxConcurrency,
      requestsPerSecond: options.requestsPerSecond,
      userAgent,
      random: options.random ?? Math.random,
    });
    const tokens = new TokenSource({
      baseUrl: this.baseUrl,
      credentials: { clientId, clientSecret },
      secrets,
      caller: this.#caller,
      clock,
    });
    const listing = {
      limits: listingLimitsOf(options),
      onIncomplete: options.onIncompleteListing,
      onRepeated: (rows: number) => {
        this.#repeatedRows += rows;
      },
    };
    const onRowProblem = options.onRowProblem ?? logRowProblems(options.logger ?? silentLogger);
    this.#api = new SigmaApi({ target, caller: this.#caller, tokens, listing, onRowProblem });
    this.workbooks = new Workbooks(this.#api);
    this.dataModels = new DataModels(this.#api);
    this.datasets = new Datasets(this.#api);
    this.reports = new Reports(this.#api);
    this.files = new Files(this.#api);
    this.connections = new Connections(this.#api);
    this.members = new Members(this.#api);
    this.teams = new Teams(this.#api);
    this.workspaces = new Workspaces(this.#api);
    this.versionTags = new VersionTags(this.#api);
  }

  /** Counters of the calls so far. */
  get counts(): CallCounts {
    return { ...this.#caller.counts, repeatedRows: this.#repeatedRows };
  }

  /** `GET /v2/whoami`: the user and the organization of the credentials. */
  whoami(options: CallOptions = {}): Promise<WhoAmIRow> {
    return this.#api.one(whoAmIRow, { kind: "detail", path: "whoami", ...options });
  }

  /** Closes the connections immediately. Running calls fail. */
  close(): Promise<void> {
    return this.#transport.close();
  }
}
