import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { killWhileReporting } from "../src/reliability/kill-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";

const python = (await dagsterPython()) ?? "";

describe.skipIf(python === "")(`${needsPython} the sensors in the real Dagster`, () => {
  /** The long form is `npm run test:long reports`. */
  it("loses nothing, and reports nothing with different contents, when processes are killed and Sigma is away", async () => {
    const organization = generateOrganization({ workbooks: 12, seed: 8 });
    const result = await killWhileReporting({
      python,
      organization,
      kills: 2,
      seed: 6,
      awayMs: 1_000,
      intervalS: 1,
    });
    expect(result.problems).toEqual([]);
    expect(result).toMatchObject({ daemonKills: 1, serverKills: 1 });
    expect(result.observations).toBeGreaterThan(12);
    expect(result.awayError).toMatch(
      /^SIGMA_CONNECTION: Changes in Sigma could not be fetched: .*no change is lost/s,
    );
  }, 300_000);
});
