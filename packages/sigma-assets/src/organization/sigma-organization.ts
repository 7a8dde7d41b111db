import {
  type DescribedResource,
  type EnvVar,
  type LoadReport,
  type LoadReporting,
  type ResourceDescription,
  resolveEnvVar,
} from "@dagster-sigma/asset-graph";
import { teeLogger } from "@dagster-sigma/foundation";
import { SigmaClient, type SigmaClientOptions } from "@dagster-sigma/sigma-client";
import { loadEnvironment } from "../environment/load-environment.ts";

/** Options of a {@link SigmaOrganization}. */
export interface SigmaOrganizationOptions
  extends Omit<SigmaClientOptions, "baseUrl" | "clientId" | "clientSecret" | "onRowProblem"> {
  /** Base URL of the API; {@link SigmaBaseUrl} has those of Sigma's regions. */
  readonly baseUrl: string | EnvVar;
  /** Client id of the API credentials. */
  readonly clientId: string | EnvVar;
  /** Client secret of the API credentials. Use an `EnvVar`, which is read when needed and never printed. */
  readonly clientSecret: string | EnvVar;
  /**
   * If the lineage of a document cannot be fetched: report a diagnostic (true) or fail the load (false) (default: true;
   * false in Python).
   */
  readonly warnOnLineageFetchError?: boolean;
  /**
   * Dagster's pool of the steps that materialize documents of this organization; it limits how many are executed at once in all
   * runs (default: none).
   */
  readonly pool?: string;
}

/** Defaults of one client; the options of the organization take precedence. */
export type ClientDefaults = Pick<SigmaClientOptions, "maxAllDocumentsLength">;

/** Listeners of one client. */
export type ClientListeners = Pick<SigmaClientOptions, "onRowProblem" | "onWait" | "onIncompleteListing">;

interface SharedClient {
  readonly client: SigmaClient;
  users: number;
}

/**
 * A Sigma organization as a resource: base URL and credentials. It reads no variable and makes no request until it is used.
 *
 *     const sigma = new SigmaOrganization({
 *       baseUrl: SigmaBaseUrl.AWS_US,
 *       clientId: EnvVar("SIGMA_CLIENT_ID"),
 *       clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
 *     });
 */
export class SigmaOrganization implements LoadReporting, DescribedResource {
  /** See {@link SigmaOrganizationOptions.warnOnLineageFetchError}. */
  readonly warnOnLineageFetchError: boolean;
  /** See {@link SigmaOrganizationOptions.pool}. */
  readonly pool: string | null;
  readonly #options: SigmaOrganizationOptions;
  readonly #loadReports: LoadReport[] = [];
  #shared: SharedClient | null = null;

  constructor(options: SigmaOrganizationOptions) {
    this.#options = options;
    this.warnOnLineageFetchError = options.warnOnLineageFetchError ?? true;
    this.pool = options.pool ?? null;
  }

  /** Reports of the loads of this organization, in order. */
  get loadReports(): readonly LoadReport[] {
    return this.#loadReports;
  }

  /** Called by each load. */
  addLoadReport(report: LoadReport): void {
    this.#loadReports.push(report);
  }

  /** Base URL and client id, resolved without a request. */
  identity(): { readonly baseUrl: string; readonly clientId: string } {
    return { baseUrl: resolveEnvVar(this.#options.baseUrl), clientId: resolveEnvVar(this.#options.clientId) };
  }

  /** Base URL, and the variables of the credentials; never their values. */
  describeResource(): ResourceDescription {
    const { baseUrl, clientId, clientSecret } = this.#options;
    const unlessText = (value: string | EnvVar): EnvVar | null => (typeof value === "string" ? null : value);
    return {
      type: "dagster_sigma.SigmaOrganization",
      description: "A Sigma organization: its documents are assets.",
      config: [
        { name: "base_url", value: typeof baseUrl === "string" ? shownBaseUrl(baseUrl) : baseUrl },
        { name: "client_id", value: unlessText(clientId) },
        { name: "client_secret", value: unlessText(clientSecret) },
      ],
    };
  }

  /**
   * Calls a function with a client that all concurrent calls of this method share, so that they have one sign-in and one rate
   * limit. The client is closed when the last of them has ended.
   *
   * @throws like {@link createClient}, and what the function throws
   */
  async withSharedClient<Result>(work: (client: SigmaClient) => Promise<Result>): Promise<Result> {
    this.#shared ??= { client: this.createClient(), users: 0 };
    const shared = this.#shared;
    shared.users++;
    try {
      return await work(shared.client);
    } finally {
      shared.users--;
      if (shared.users === 0) {
        this.#shared = null;
        await shared.client.close();
      }
    }
  }

  /**
   * Creates a client for the API of this organization. The caller must close it.
   *
   * @param listeners called in addition to those of the options; `onRowProblem` by default logs
   * @throws AssetGraphError `ENV_VAR_MISSING`; ConfigurationError `SIGMA_BASE_URL_INVALID`, `SIGMA_CA_FILE_UNREADABLE`
   */
  createClient(listeners: ClientListeners = {}, defaults: ClientDefaults = {}): SigmaClient {
    const {
      baseUrl,
      clientId,
      clientSecret,
      warnOnLineageFetchError: _,
      pool: _pool,
      ...rest
    } = this.#options;
    const logger = teeLogger(rest.logger, loadEnvironment().logger);
    return new SigmaClient({
      ...defaults,
      ...rest,
      onWait: (wait) => {
        rest.onWait?.(wait);
        listeners.onWait?.(wait);
      },
      onIncompleteListing: (listing) => {
        rest.onIncompleteListing?.(listing);
        listeners.onIncompleteListing?.(listing);
      },
      ...(logger === null ? {} : { logger }),
      ...(listeners.onRowProblem === undefined ? {} : { onRowProblem: listeners.onRowProblem }),
      baseUrl: resolveEnvVar(baseUrl),
      clientId: resolveEnvVar(clientId),
      clientSecret: resolveEnvVar(clientSecret),
    });
  }
}

/** Without user name, password and query, which could be secrets; null if it is no URL. */
function shownBaseUrl(baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return null;
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname === "/" ? "" : pathname}`;
}
