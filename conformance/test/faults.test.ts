import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { faultCases } from "../src/reliability/fault-cases.ts";
import { judgeLoad, type Loaded, loadUnder } from "../src/reliability/judge-load.ts";

/** A small variant of the matrix; `npm run test:long` uses 200 workbooks, and also runs the real dagster-sigma. */
const organization = generateOrganization({ workbooks: 30, seed: 17 });

describe("a load under faults", () => {
  let whole: Loaded;
  beforeAll(async () => {
    whole = await loadUnder(organization, null);
  });

  it.each(faultCases.map((fault) => [fault.name, fault.expected, fault] as const))(
    "%s: %s",
    async (_name, expected, fault) => {
      const judged = await judgeLoad(organization, fault, whole);
      expect(judged.problems).toEqual([]);
      // If a detail is also available from another call, nothing is lost.
      expect(expected === "less" ? ["same", "less"] : [expected]).toContain(judged.outcome);
    },
    60_000,
  );

  it("ends with fewer than 5 % of the calls rejected at a limit of 60 requests per second", async () => {
    const sandbox = await startSandbox({
      organization: generateOrganization({ workbooks: 200, seed: 17 }),
      requestsPerSecond: 60,
    });
    onTestFinished(() => sandbox.close());
    await loadSigmaAssetSpecs(new SigmaOrganization(sandbox));
    const refused = sandbox.log.requests.filter(({ status: code }) => code === 429).length;
    expect(refused / sandbox.log.requests.length).toBeLessThan(0.05);
  }, 60_000);
});
