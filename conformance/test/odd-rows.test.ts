import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { mutateRows } from "../src/reliability/odd-rows/mutate-rows.ts";

describe("a load with one odd value in one response", () => {
  it("ends with the same graph, a diagnostic or a clear error: 200 values in all routes", async () => {
    // Without custom SQL, whose parser takes most of the time of a load.
    const organizations = [generateOrganization({ workbooks: 3, seed: 262, profile: "legacy" })];
    const mutated = await mutateRows({ count: 200, seed: 1, organizations });
    expect(mutated.filter(({ judged }) => judged.outcome === "wrong")).toEqual([]);
    expect(new Set(mutated.map(({ route }) => route)).size).toBeGreaterThan(20);
    const outcomes = new Set(mutated.map(({ judged }) => judged.outcome));
    expect(outcomes).toEqual(new Set(["same", "reported", "shown", "refused"]));
  }, 120_000);
});
