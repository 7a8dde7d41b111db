import { type Clock, type Logger, silentLogger, systemClock } from "@dagster-sigma/foundation";
import { parseBaseUrl } from "./base-url.ts";
import type { TimeLimits } from "./http/attempt.ts";
import type { FetchLike, HttpTransport } from "./http/fetch-like.ts";
import { type CallCounts, HttpCaller } from "./http/http-caller.ts";
import { type RawAnswer, recordAnswers } from "./http/record-answers.ts";
import { defaultRetryLimits, type RetryLimits } from "./http/retry-policy.ts";
import { createUndiciTransport } from "./http/undici-transport.ts";
import { Connections } from "./resources/connections.ts";
import { DataModels } from "./resources/data-models.ts";
import { Datasets } from "./resources/datasets.ts";
import { Files } from "./resources/files.ts";
import { Members, Teams } from "./resources/people.ts";
import { VersionTags, Workspaces } from "./resources/places.ts";
import { Reports } from "./resources/reports.ts";
import { Workbooks } from "./resources/workbooks.ts";
import { type WhoAmIRow, whoAmIRow } from "./rows/people.ts";
import { type CallOptions, SigmaApi } from "./sigma-api.ts";
import { TokenSource } from "./sign-in/token-source.ts";
import { userAgent } from "./user-agent.ts";

export interface SigmaClientOptions extends Partial<TimeLimits> {
  /** `https://host`, with or without `/v2`; see `SigmaBaseUrl` for those of Sigma. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Plain http to other machines than this one; false when left out. */
  readonly allowHttp?: boolean;
  /** PEM file with certificates to trust besides the usual ones. */
  readonly caFile?: string;
  /** Most calls in flight at a time; 16 when left out. It starts with 4, and has fewer after a 429. */
  readonly maxConcurrency?: number;
  /** Most requests a second; when left out, what Sigma bears is found out. */
  readonly requestsPerSecond?: number;
  readonly retryLimits?: Partial<RetryLimits>;
  /** Sends the requests in place of the built-in HTTP; `caFile`, proxies and two of the time limits are then its affair. */
  readonly fetch?: FetchLike;
  /** Is shown every answer as it came, for recording; nothing that holds a token. */
  readonly onAnswer?: (answer: RawAnswer) => void;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** For jitter, from 0 up to 1. */
  readonly random?: () => number;
}

/** Sigma computes some answers for minutes; 5 minutes is what other clients wait. */
const defaultTimeLimits: TimeLimits = {
  connectTimeoutMs: 10_000,
  firstByteTimeoutMs: 120_000,
  callTimeoutMs: 300_000,
};

/** Sigma's REST API v2 for one set of credentials. Signs in with the first call; close it to end its connections. */
export class SigmaClient {
  readonly baseUrl: string;
  readonly workbooks: Workbooks;
  readonly dataModels: DataModels;
  readonly datasets: Datasets;
  readonly reports: Reports;
  readonly files: Files;
  readonly connections: Connections;
  readonly members: Members;
  readonly teams: Teams;
  readonly workspaces: Workspaces;
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
    this.#api = new SigmaApi(this.baseUrl, this.#caller, tokens);
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

  /** What the calls of this client cost so far. */
  get counts(): CallCounts {
    return this.#caller.counts;
  }

  /** Whose credentials these are. */
  whoami(options: CallOptions = {}): Promise<WhoAmIRow> {
    return this.#api.one(whoAmIRow, { kind: "detail", path: "whoami", ...options });
  }

  /** Closes the connections. Calls that are still under way fail. */
  close(): Promise<void> {
    return this.#transport.close();
  }
}
