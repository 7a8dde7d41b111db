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

export interface SandboxOptions {
  readonly organization: Organization;
  /** 0, a free one, when left out. */
  readonly port?: number;
  /** Made up anew when left out. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Life of an access token; Sigma's hour when left out. */
  readonly tokenLifetimeMs?: number;
  /** How many calls an access token is good for, however young; no limit when left out. */
  readonly tokenUses?: number;
  /** Most rows in a page, whatever is asked for; Sigma's 1,000 when left out. */
  readonly maxPageSize?: number;
  /** How long every answer waits; not at all when left out. */
  readonly delayMs?: number;
  /** Requests above so many in a second are refused with 429; none are when left out. */
  readonly requestsPerSecond?: number;
  /** What the expiry of tokens is measured with. */
  readonly clock?: Clock;
}

/** A Sigma organization that answers on this machine. */
export interface Sandbox {
  /** `http://127.0.0.1:port` */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organization: Organization;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** What it was asked. */
  readonly log: RequestLog;
  /** Does what somebody may do while others read: see `mutateOrganization`. */
  mutate(mutation: Mutation, index: number): void;
  /** Answers from now on are made anew: to be called after the organization was changed in place. */
  organizationChanged(): void;
  /** Refuses every token given out so far. */
  revokeTokens(): void;
  close(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1. Rejects when the port is taken. */
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
    mutate: (mutation, index) => {
      mutateOrganization(options.organization, mutation, index);
      organizationChanged();
    },
    organizationChanged,
    revokeTokens: () => authentication.revokeAll(),
  };
}
