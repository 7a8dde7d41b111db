import { setTimeout as sleep } from "node:timers/promises";
import {
  generateOrganization,
  type Sandbox,
  startSandbox,
  tooManyRequests,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaOrganizationOptions,
} from "../../src/index.ts";

const lineageRoute = "/v2/workbooks/{workbookId}/lineage";

/** A sandbox, and loads from it with plain `fetch`, which does not limit connections: only the client's pace applies. */
async function start(
  organizationOptions: Partial<SigmaOrganizationOptions> = {},
  sandboxOptions: Partial<Parameters<typeof startSandbox>[0]> = {},
): Promise<{
  readonly sandbox: Sandbox;
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => Promise<unknown>;
  /** The time at which each request was sent, in ms of `performance.now()`. */
  readonly sentAtMs: readonly number[];
}> {
  const organization = generateOrganization({ workbooks: 8, seed: 7 });
  const sandbox = await startSandbox({ organization, ...sandboxOptions });
  onTestFinished(() => sandbox.close());
  const sentAtMs: number[] = [];
  const sigma = new SigmaOrganization({
    ...sandbox,
    fetch: (url, init) => {
      sentAtMs.push(performance.now());
      return fetch(url, init);
    },
    ...organizationOptions,
  });
  return { sandbox, load: (options = {}) => loadSigmaAssetSpecs(sigma, options), sentAtMs };
}

/** A logger that records when retries are scheduled. */
function noteRepeats(): {
  readonly logger: NonNullable<SigmaOrganizationOptions["logger"]>;
  readonly repeatedAtMs: readonly number[];
} {
  const repeatedAtMs: number[] = [];
  const debug = (message: string): void => {
    if (message === "call is retried") repeatedAtMs.push(performance.now());
  };
  return { logger: { debug, info: () => undefined, warn: () => undefined }, repeatedAtMs };
}

const timersNow = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

/** Whether no timers are left over; waits briefly for timers of other code, which end on their own. */
async function areTimersGone(before: number): Promise<boolean> {
  for (let look = 0; look < 50 && timersNow() > before; look++) await sleep(10);
  return timersNow() <= before;
}

describe("a load", () => {
  it("uses the maximum number of calls in flight, never more, and signs in once even with a short-lived token", async () => {
    const short = { delayMs: 4, tokenLifetimeMs: 120_000 };
    const { sandbox, load } = await start({ maxConcurrency: 3 }, short);
    await areTimersGone(0);
    const before = timersNow();
    await load({ timeBudgetMs: 3_600_000 });
    // A remaining timer would keep the process alive.
    expect(await areTimersGone(before)).toBe(true);
    expect(sandbox.log.maxInFlight).toBe(3);
    expect(sandbox.log.counts["POST /v2/auth/token"]).toBe(1);
  });

  it("sends nothing during a pause requested by Sigma, then the remaining calls", async () => {
    const { logger, repeatedAtMs } = noteRepeats();
    const { sandbox, load, sentAtMs } = await start({ logger, random: () => 0 }, { delayMs: 4 });
    const headers = { "retry-after": "0.3" };
    sandbox.faults.add({ route: lineageRoute, times: 1, fault: { kind: "status", status: 503, headers } });
    await load();
    expect(repeatedAtMs).toHaveLength(1);
    const [pausedAtMs = 0] = repeatedAtMs;
    const later = sentAtMs.filter((atMs) => atMs > pausedAtMs);
    expect(later.length).toBeGreaterThan(10);
    expect(Math.min(...later) - pausedAtMs).toBeGreaterThanOrEqual(298);
  });

  it("continues with the other documents while a call that lost its connection waits for its retry", async () => {
    const { sandbox, load } = await start({
      random: () => 1,
      retryLimits: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    // Not the first call: the others wait for it, to see whether the organization offers the route.
    const path = sandbox.organization.workbooks[3]?.id ?? "";
    sandbox.faults.add({ route: lineageRoute, path, fault: { kind: "drop" } });
    const controller = new AbortController();
    const loading = load({
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(15_000)]),
      onProgress: ({ stage, done, total }) => {
        if (stage === "workbooks" && done === total - 1) controller.abort(new Error("all others are there"));
      },
    });
    await expect(loading).rejects.toThrow("all others are there");
    expect(sandbox.log.requests.filter(({ status }) => status === 0)).toHaveLength(1);
  });

  it("ends when its time budget is spent, during calls and waits, and reports its progress", async () => {
    const { sandbox, load } = await start({ random: () => 1 });
    sandbox.faults.add({ route: lineageRoute, fault: tooManyRequests("60") });
    const startedMs = performance.now();
    await expect(load({ timeBudgetMs: 600 })).rejects.toMatchObject({
      code: "TIME_BUDGET_SPENT",
      message: expect.stringMatching(/within 0\.6 s: it was at (its beginning|\d+ of \d+ )/),
    });
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(599);
    expect(tookMs).toBeLessThan(10_000);
  });
});
