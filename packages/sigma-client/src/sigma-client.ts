import { type Clock, type Logger, silentLogger, systemClock } from "@dagster-sigma/foundation";
import { parseBaseUrl } from "./base-url.ts";
import type { TimeLimits } from "./http/attempt.ts";
import type { FetchLike, HttpTransport } from "./http/fetch-like.ts";
import { type CallCounts, HttpCaller } from "./http/http-caller.ts";
import { type RawAnswer, recordAnswers } from "./http/record-answers.ts";
import { defaultRetryLimits, type RetryLimits } from "./http/retry-policy.ts";
import { createUndiciTransport } from "./http/undici-transport.ts";
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
export interface SigmaClientOptions extends Partial<TimeLimits> {
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

/** Sigma computes some responses for minutes; other clients wait 5 minutes. */
const defaultTimeLimits: TimeLimits = {
  connectTimeoutMs: 10_000,
  firstByteTimeoutMs: 120_000,
  callTimeoutMs: 300_000,
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

  /** @throws ConfigurationError `SIGMA_BASE_URL_INVALID`, `SIGMA_CA_FILE_UNREADABLE` */
  constructor(options: SigmaClientOptions) {
    this.baseUrl = parseBaseUrl(options.baseUrl, options);
    const clock = options.clock ?? systemClock;
    const maxConcurrency = options.maxConcurrency ?? 16;
    const timeLimits: TimeLimits = {
      connectTimeoutMs: options.connectTimeoutMs ?? defaultTimeLimits.connectTimeoutMs,
      firstByteTimeoutMs: options.firstByteTimeoutMs ?? defaultTimeLimits.firstByteTimeoutMs,
      callTimeoutMs: options.callTimeoutMs ?? defaultTimeLimits.callTimeoutMs,
    };
    this.#transport =
      options.fetch === undefined
        ? createUndiciTransport({ ...timeLimits, maxConnections: maxConcurrency, caFile: options.caFile })
        : { fetch: options.fetch, close: () => Promise.resolve() };
    this.#caller = new HttpCaller({
      fetch:
        options.onAnswer === undefined
          ? this.#transport.fetch
          : recordAnswers(this.#transport.fetch, options.onAnswer),
      clock,
      logger: options.logger ?? silentLogger,
      timeLimits,
      retryLimits: { ...defaultRetryLimits, ...options.retryLimits },
      maxConcurrency,
      requestsPerSecond: options.requestsPerSecond,
      userAgent,
      random: options.random ?? Math.random,
    });
    const { clientId, clientSecret } = options;
    const tokens = new TokenSource({
      baseUrl: this.baseUrl,
      credentials: { clientId, clientSecret },
      caller: this.#caller,
      clock,
    });
    const onRowProblem = options.onRowProblem ?? logRowProblems(options.logger ?? silentLogger);
    this.#api = new SigmaApi(this.baseUrl, this.#caller, tokens, onRowProblem);
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
    return this.#caller.counts;
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
