import { type EnvVar, type LoadReport, type LoadReporting, resolveEnvVar } from "@dagster-sigma/asset-graph";
import { teeLogger } from "@dagster-sigma/foundation";
import { SigmaClient, type SigmaClientOptions } from "@dagster-sigma/sigma-client";
import { loadEnvironment } from "../environment/load-environment.ts";

export interface SigmaOrganizationOptions
  extends Omit<SigmaClientOptions, "baseUrl" | "clientId" | "clientSecret"> {
  /** Base URL of the API; `SigmaBaseUrl` has those of Sigma. */
  readonly baseUrl: string | EnvVar;
  readonly clientId: string | EnvVar;
  /** Best an `EnvVar`, which is read when it is needed and never printed. */
  readonly clientSecret: string | EnvVar;
  /**
   * Whether a document whose lineage cannot be fetched stays in the graph with a diagnostic (true, the default here) or
   * fails the load (false).
   */
  readonly warnOnLineageFetchError?: boolean;
}

/** A Sigma organization as a resource: where it is, and how to sign in. Nothing is read or asked until it is used. */
export class SigmaOrganization implements LoadReporting {
  readonly warnOnLineageFetchError: boolean;
  readonly #options: SigmaOrganizationOptions;
  readonly #loadReports: LoadReport[] = [];

  constructor(options: SigmaOrganizationOptions) {
    this.#options = options;
    this.warnOnLineageFetchError = options.warnOnLineageFetchError ?? true;
  }

  /** What the loads of this organization found, in order. */
  get loadReports(): readonly LoadReport[] {
    return this.#loadReports;
  }

  addLoadReport(report: LoadReport): void {
    this.#loadReports.push(report);
  }

  /** Where it is and who asks, without asking anybody. */
  identity(): { readonly baseUrl: string; readonly clientId: string } {
    return { baseUrl: resolveEnvVar(this.#options.baseUrl), clientId: resolveEnvVar(this.#options.clientId) };
  }

  /**
   * A client for the API of this organization; the caller closes it.
   *
   * @throws AssetGraphError `ENV_VAR_MISSING`; ConfigurationError `SIGMA_BASE_URL_INVALID`, `SIGMA_CA_FILE_UNREADABLE`
   */
  createClient(): SigmaClient {
    const { baseUrl, clientId, clientSecret, warnOnLineageFetchError: _, ...rest } = this.#options;
    const logger = teeLogger(rest.logger, loadEnvironment().logger);
    return new SigmaClient({
      ...rest,
      ...(logger === null ? {} : { logger }),
      baseUrl: resolveEnvVar(baseUrl),
      clientId: resolveEnvVar(clientId),
      clientSecret: resolveEnvVar(clientSecret),
    });
  }
}
