import {
  type Fault,
  type FaultRule,
  generateOrganization,
  type Sandbox,
  startSandbox,
  tooManyRequests,
} from "@dagster-sigma/sigma-sandbox";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization, type SigmaOrganizationOptions } from "../src/index.ts";

const organization = generateOrganization({ workbooks: 40, seed: 17 });

const quick = { baseDelayMs: 1, maxDelayMs: 4, maxRetryAfterMs: 20 };

async function start(): Promise<Sandbox> {
  const sandbox = await startSandbox({ organization });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** The graph and what was noticed, as text that is the same for the same. */
async function load(
  sandbox: Sandbox,
  retryLimits: NonNullable<SigmaOrganizationOptions["retryLimits"]> = quick,
): Promise<{ readonly graph: string; readonly codes: readonly string[] }> {
  const sigma = new SigmaOrganization({
    ...sandbox,
    retryLimits,
    callTimeoutMs: 400,
  });
  const specs = await loadSigmaAssetSpecs(sigma, { workbookColumns: true });
  return {
    graph: JSON.stringify(specs.map(({ origin: _origin, ...spec }) => spec)),
    codes: sigma.loadReports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)),
  };
}

const status = (code: number, more: Partial<Extract<Fault, { readonly kind: "status" }>> = {}): Fault => ({
  kind: "status",
  status: code,
  ...more,
});

const transportFaults: readonly (readonly [name: string, fault: Fault])[] = [
  ["402 timedout", status(402, { code: "timedout" })],
  ["408", status(408)],
  ["429 without Retry-After", tooManyRequests()],
  ["429 with seconds", tooManyRequests("0")],
  ["429 with a date", tooManyRequests("Wed, 21 Oct 2015 07:28:00 GMT")],
  ["502 with HTML", status(502, { html: true })],
  ["503", status(503)],
  ["504", status(504)],
  ["a dropped connection", { kind: "drop" }],
  ["a cut body", { kind: "cut" }],
  ["HTML with 200", { kind: "html" }],
  ["an empty body", { kind: "empty" }],
  ["no answer at all", { kind: "hang" }],
];

describe("a load under faults", () => {
  let whole: Awaited<ReturnType<typeof load>>;
  beforeAll(async () => {
    const sandbox = await startSandbox({ organization });
    whole = await load(sandbox);
    await sandbox.close();
  });

  it.each(
    transportFaults.flatMap(([name, fault]) => [0.01, 0.05].map((share) => [name, share, fault] as const)),
  )(
    "%s, at a share of %d: the same graph as without",
    async (_name, share, fault) => {
      const sandbox = await start();
      sandbox.faults.add({ share, seed: "matrix", fault });
      expect(await load(sandbox)).toEqual(whole);
      expect(sandbox.log.requests.some(({ status: code }) => code !== 200)).toBe(true);
    },
    60_000,
  );

  it("all of them together: the same graph as without", async () => {
    const sandbox = await start();
    for (const [name, fault] of transportFaults) sandbox.faults.add({ share: 0.005, seed: name, fault });
    expect(await load(sandbox)).toEqual(whole);
  }, 60_000);

  it("500 now and then: documents whose calls go on failing lose details, each of which is told", async () => {
    const sandbox = await start();
    sandbox.faults.add({ share: 0.05, seed: "500", fault: status(500) });
    const { graph, codes } = await load(sandbox);
    if (graph !== whole.graph) expect(codes.length).toBeGreaterThan(whole.codes.length);
  });

  it.each<[string, string, FaultRule]>([
    [
      "a workbook's lineage",
      "LINEAGE_UNAVAILABLE",
      { route: "/v2/workbooks/{workbookId}/lineage", fault: status(403) },
    ],
    [
      "a workbook's columns",
      "COLUMNS_UNAVAILABLE",
      { route: "/v2/workbooks/{workbookId}/columns", fault: status(403) },
    ],
    [
      "a data model's lineage",
      "LINEAGE_UNAVAILABLE",
      { route: "/v2/dataModels/{dataModelId}/lineage", fault: status(403) },
    ],
    [
      "the sources of a dataset",
      "DATASET_SOURCES_",
      { route: "/v2/datasets/{datasetId}/sources", fault: status(409, { code: "inode_archived" }) },
    ],
  ])("%s that cannot be had costs that alone, and is named", async (_name, expected, rule) => {
    const sandbox = await start();
    const ids = {
      workbooks: organization.workbooks,
      dataModels: organization.dataModels,
      datasets: organization.datasets,
    };
    const collection = rule.route?.split("/")[2] as keyof typeof ids;
    const [object] = ids[collection].filter(({ isArchived }) => !isArchived);
    sandbox.faults.add({ ...rule, path: object?.id ?? "" });
    const { graph, codes } = await load(sandbox);
    const count = (text: string): number => (JSON.parse(text) as unknown[]).length;
    expect(count(graph)).toBe(count(whole.graph));
    const named = (all: readonly string[]): number => all.filter((code) => code.startsWith(expected)).length;
    expect(named(codes)).toBe(named(whole.codes) + 1);
  });

  it("a token that ends at any call is renewed", async () => {
    for (const calls of [3, 10, 40]) {
      const sandbox = await start();
      let left = calls;
      const revoke = setInterval(() => {
        if (sandbox.log.requests.length > left) {
          sandbox.revokeTokens();
          left = Number.POSITIVE_INFINITY;
        }
      }, 1);
      // Sigma gives out one token a second: with the delays that users have.
      expect((await load(sandbox, { baseDelayMs: 500 })).graph).toBe(whole.graph);
      clearInterval(revoke);
    }
  }, 30_000);

  it("60 requests a second and no more: it ends, with under 5 % of the calls refused", async () => {
    const sandbox = await startSandbox({
      organization: generateOrganization({ workbooks: 200, seed: 17 }),
      requestsPerSecond: 60,
    });
    onTestFinished(() => sandbox.close());
    const sigma = new SigmaOrganization(sandbox);
    await loadSigmaAssetSpecs(sigma);
    const refused = sandbox.log.requests.filter(({ status: code }) => code === 429).length;
    expect(refused / sandbox.log.requests.length).toBeLessThan(0.05);
  }, 60_000);
});
