import { randomUUID } from "node:crypto";
import { type Clock, systemClock } from "@dagster-sigma/foundation";
import { type Mutation, mutateOrganization } from "./organization/mutate-organization.ts";
import type { Organization } from "./organization/organization.ts";
import { Authentication } from "./server/authentication.ts";
import { Directory } from "./server/directory.ts";
import { Faults } from "./server/faults.ts";
import { createHttpServer } from "./server/http-server.ts";
import { listenLocally } from "./server/listen-locally.ts";
import { Materializations } from "./server/materializations.ts";
import { RateLimiter } from "./server/rate-limiter.ts";
import { RequestLog } from "./server/request-log.ts";
import { Router } from "./server/router.ts";
import type { VariantRule } from "./server/variant-rule.ts";

/** Options of a sandbox. */
export interface SandboxOptions {
  /** The organization to serve. */
  readonly organization: Organization;
  /** Port to listen on (default: a free port). */
  readonly port?: number;
  /** Client id (default: random). */
  readonly clientId?: string;
  /** Client secret (default: random). */
  readonly clientSecret?: string;
  /** Lifetime of an access token, in ms (default: 3,600,000, as in Sigma). */
  readonly tokenLifetimeMs?: number;
  /** Maximum number of calls per access token (default: unlimited). */
  readonly tokenUses?: number;
  /** Maximum number of rows per page (default: 1,000, as in Sigma). */
  readonly maxPageSize?: number;
  /** Delay of every response, in ms (default: 0). */
  readonly delayMs?: number;
  /** Rate limit; requests above it get 429 (default: unlimited). */
  readonly requestsPerSecond?: number;
  /**
   * Forms of answers other than the usual ones, for the whole organization or for single documents (default: none). If
   * several change an answer, the later one gets what the earlier one returned.
   */
  readonly variants?: readonly VariantRule[];
  /** Clock for the expiry of tokens (default: the system clock). */
  readonly clock?: Clock;
}

/** A running local Sigma server. */
export interface Sandbox {
  /** `http://127.0.0.1:port` */
  readonly baseUrl: string;
  /** Client id that it accepts. */
  readonly clientId: string;
  /** Client secret that it accepts. */
  readonly clientSecret: string;
  /** The served organization. */
  readonly organization: Organization;
  /** Fault rules, which can be changed at any time. */
  readonly faults: Faults;
  /** Log of all requests. */
  readonly log: RequestLog;
  /** Rules of materializations, which can be changed at any time, and the started ones. */
  readonly materializations: Materializations;
  /** Changes the organization; see {@link mutateOrganization}. */
  mutate(mutation: Mutation, index: number): void;
  /** Clears cached responses. Call it after changing the organization in place. */
  organizationChanged(): void;
  /** Revokes all issued tokens. */
  revokeTokens(): void;
  /** Stops the server and closes its connections. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox on 127.0.0.1. Rejects if the port is taken.
 *
 *     const sandbox = await startSandbox({ organization: buildSampleCompany() });
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const clientId = options.clientId ?? `sandbox-${randomUUID()}`;
  const clientSecret = options.clientSecret ?? `sandbox-secret-${randomUUID()}`;
  const authentication = new Authentication({
    clientId,
    clientSecret,
    tokenUses: options.tokenUses ?? Number.POSITIVE_INFINITY,
    tokenLifetimeMs: options.tokenLifetimeMs ?? 3_599_000,
    clock,
  });
  const faults = new Faults();
  const log = new RequestLog();
  const parts = {
    authentication,
    directory: new Directory(options.organization),
    faults,
    limiter: new RateLimiter(options.requestsPerSecond ?? Number.POSITIVE_INFINITY),
    log,
    materializations: new Materializations(clock),
    variants: options.variants ?? [],
    router: new Router({ maxPageSize: options.maxPageSize ?? 1_000 }),
    delayMs: options.delayMs ?? 0,
  };
  const server = createHttpServer(parts);
  const organizationChanged = (): void => {
    parts.directory = new Directory(options.organization);
  };
  return {
    ...(await listenLocally(server, options.port)),
    clientId,
    clientSecret,
    organization: options.organization,
    faults,
    log,
    materializations: parts.materializations,
    mutate: (mutation, index) => {
      mutateOrganization(options.organization, mutation, index);
      organizationChanged();
    },
    organizationChanged,
    revokeTokens: () => authentication.revokeAll(),
  };
}
