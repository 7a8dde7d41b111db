import type { LoadReport } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { formatStateAges } from "../src/terminal/state-age.ts";

function report(organization: string | null, hours: number, source = "https://a.example"): LoadReport {
  const fetchedAt = new Date(Date.UTC(2026, 0, 2) - hours * 3_600_000).toISOString();
  const nothing = { diagnostics: [], matches: [], outcomes: [], notes: [] };
  const files = { snapshotFile: null, stateFile: "state.ndjson" };
  return { source, organization, requests: 0, wallMs: 1, fetchedAt, scope: null, ...files, ...nothing };
}

const format = (...reports: readonly LoadReport[]): string => formatStateAges(reports, Date.UTC(2026, 0, 2));

describe("the age of a stored state", () => {
  it("names the organization if there are several", () => {
    expect(format(report("harbor", 3))).toBe("As of 3 hours ago; `dagster-sigma refresh` updates it.\n");
    expect(format(report("harbor", 3), report("coast", 1))).toBe(
      "harbor: as of 3 hours ago; `dagster-sigma refresh` updates it.\ncoast: as of 1 hour ago; `dagster-sigma refresh` updates it.\n",
    );
    expect(format(report(null, 3), report("coast", 1))).toMatch(/^https:\/\/a\.example: as of 3 hours ago/);
    const fetched = { ...report("coast", 0), requests: 5 };
    expect(format(report("harbor", 3), fetched)).toMatch(/^harbor: as of 3 hours ago; .*\n$/);
  });
});
