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

/** A sandbox, and loads from it over `fetch` itself, whose connections have no limit: only the client's own pace holds. */
async function start(
  organizationOptions: Partial<SigmaOrganizationOptions> = {},
  sandboxOptions: Partial<Parameters<typeof startSandbox>[0]> = {},
): Promise<{
  readonly sandbox: Sandbox;
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => Promise<unknown>;
  /** When each request was sent, in ms of `performance.now()`. */
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

/** A logger that notes when calls are to be repeated. */
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

/** Whether there are as few timers as before; waits a moment for those of others, which come and go. */
async function areTimersGone(before: number): Promise<boolean> {
  for (let look = 0; look < 50 && timersNow() > before; look++) await sleep(10);
  return timersNow() <= before;
}

describe("a load", () => {
  it("has as many calls in flight as it may, never more, and signs in once though its token is short-lived", async () => {
    const short = { delayMs: 4, tokenLifetimeMs: 120_000 };
    const { sandbox, load } = await start({ maxConcurrency: 3 }, short);
    await areTimersGone(0);
    const before = timersNow();
    await load({ timeBudgetMs: 3_600_000 });
    // A timer that is left keeps a program from ending.
    expect(await areTimersGone(before)).toBe(true);
    expect(sandbox.log.maxInFlight).toBe(3);
    expect(sandbox.log.counts["POST /v2/auth/token"]).toBe(1);
  });

  it("sends nothing while Sigma asks for a pause, and then what is left", async () => {
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

  it("goes on with the other documents while a call whose connection was lost waits to be repeated", async () => {
    const { sandbox, load } = await start({
      random: () => 1,
      retryLimits: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    });
    // Not the first of all: the others wait for that one, to see whether there is such a route.
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

  it("gives up when its time is over, in the middle of calls and of waiting, and tells how far it was", async () => {
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
