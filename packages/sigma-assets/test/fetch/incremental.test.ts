import {
  generateOrganization,
  mutateOrganization,
  mutations,
  type Organization,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTables } from "../../src/derive/lineage/build-tables.ts";
import { SqlTables } from "../../src/derive/lineage/sql-tables.ts";
import { buildOrganizationObjects } from "../../src/derive/objects/build-organization-objects.ts";
import { unresolvedSince } from "../../src/derive/open-questions/unresolved-since.ts";
import { type FetchedState, fetchState } from "../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../src/index.ts";
import type { OrganizationState, StateOptions } from "../../src/state/organization-state.ts";
import { wholeOrganization } from "../build-state.ts";

async function fetchAnew(
  organization: Organization,
  previous?: OrganizationState,
  options: StateOptions = wholeOrganization,
): Promise<FetchedState> {
  const sandbox = await startSandbox({ organization });
  try {
    return await fetchState(
      new SigmaOrganization(sandbox),
      options,
      previous === undefined ? {} : { previous },
    );
  } finally {
    await sandbox.close();
  }
}

/** The state without fetch times and base URL. */
function essence(state: OrganizationState): string {
  return JSON.stringify({ ...state, header: null }, (key, value: unknown) =>
    key === "fetchedAt" || key === "message" ? undefined : value,
  );
}

describe("an incremental fetch", () => {
  it.each<[string, StateOptions]>([
    ["", wholeOrganization],
    [", schedules too", { ...wholeOrganization, materializationSchedules: true }],
  ])(
    "gives the same state as a full fetch after any changes%s",
    async (_what, options) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 50 }),
          fc.array(fc.tuple(fc.constantFrom(...mutations), fc.nat(40)), { minLength: 1, maxLength: 6 }),
          async (seed, steps) => {
            const organization = generateOrganization({ workbooks: 8, seed });
            let { state } = await fetchAnew(organization, undefined, options);
            for (const [mutation, index] of steps) {
              mutateOrganization(organization, mutation, index);
              const incremental = await fetchAnew(organization, state, options);
              const full = await fetchAnew(organization, undefined, options);
              expect(essence(incremental.state)).toBe(essence(full.state));
              state = incremental.state;
            }
          },
        ),
        { numRuns: 6 },
      );
    },
    120_000,
  );

  it("checks only changed documents if the others are not affected", async () => {
    let through = 0;
    for (let seed = 300; seed < 308; seed++) {
      const organization = generateOrganization({ workbooks: 12, seed });
      let { state } = await fetchAnew(organization);
      for (const mutation of ["add column", "drop column", "bump workbook"] as const) {
        mutateOrganization(organization, mutation, (seed - 300) * 3);
        const incremental = await fetchAnew(organization, state);
        expect(essence(incremental.state)).toBe(essence((await fetchAnew(organization)).state));
        const open = incremental.state.tables.map((table) => ({ ...table, columns: null }));
        const now = { ...incremental.state, tables: open };
        const sqlTables = (): SqlTables => new SqlTables(now, buildTables(now, []));
        if (unresolvedSince(state, now, sqlTables) === null) through++;
        state = incremental.state;
      }
    }
    // A column that is no longer passed through requires checking all documents.
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThan(6);
  }, 60_000);

  it("of an unchanged organization makes only the listing calls, and one per personal data model", async () => {
    const organization = generateOrganization({ workbooks: 120, seed: 9 });
    const { state } = await fetchAnew(organization);
    const { requests, state: again } = await fetchAnew(organization, state);
    const unlisted = state.dataModels.filter(({ isListed }) => !isListed).length;
    expect(essence(again)).toBe(essence(state));
    expect(requests - unlisted).toBeLessThanOrEqual(10);
  });

  it("keeps the last details of a document after a transient failure, and fetches them again later", async () => {
    const organization = generateOrganization({ workbooks: 12, seed: 4 });
    const sandbox = await startSandbox({ organization });
    const sigma = new SigmaOrganization({ ...sandbox, retryLimits: { baseDelayMs: 1, maxDelayMs: 2 } });
    const { state: previous } = await fetchState(sigma, wholeOrganization);
    const [workbook] = organization.workbooks.filter(({ isArchived }) => !isArchived);
    if (workbook === undefined) throw new Error("There are workbooks.");
    sandbox.mutate("bump workbook", organization.workbooks.indexOf(workbook));
    const of = ({ workbooks }: OrganizationState): OrganizationState["workbooks"][number] | undefined =>
      workbooks.find(({ id }) => id === workbook.id);
    const fault = { kind: "status", status: 503 } as const;
    sandbox.faults.add({ route: "/v2/workbooks/{workbookId}/lineage", path: workbook.id, fault });
    const journal: { readonly item: { readonly id: string } }[] = [];
    const onFetched = (entry: (typeof journal)[number]): void => void journal.push(entry);
    const { state: stale } = await fetchState(sigma, wholeOrganization, { previous, onFetched });
    // A refresh that is killed after this continues from the journal, which must contain the same.
    expect(journal.find(({ item }) => item.id === workbook.id)?.item).toEqual(of(stale));
    expect(of(stale)?.lineage).toEqual(of(previous)?.lineage);
    expect(of(stale)?.staleSince).toBe(of(previous)?.fetchedAt);
    const { objects, diagnostics } = buildOrganizationObjects(stale);
    expect(diagnostics.map(({ code }) => code)).toContain("DETAILS_STALE");
    expect(objects.workbooks.find(({ id }) => id === workbook.id)?.upstreams.length).toBeGreaterThan(0);
    sandbox.faults.clear();
    const { state: mended } = await fetchState(sigma, wholeOrganization, { previous: stale });
    expect(essence(mended)).toBe(essence((await fetchState(sigma, wholeOrganization)).state));
    sandbox.faults.add({
      route: "/v2/workbooks/{workbookId}/lineage",
      path: workbook.id,
      fault: { ...fault, status: 403 },
    });
    sandbox.mutate("bump workbook", organization.workbooks.indexOf(workbook));
    const { state: lost } = await fetchState(sigma, wholeOrganization, { previous: mended });
    expect([of(lost)?.lineage, of(lost)?.staleSince]).toEqual([null, undefined]);
    await sandbox.close();
  });

  it("fetches each document again within the configured days", async () => {
    const organization = generateOrganization({ workbooks: 30, seed: 2 });
    const sandbox = await startSandbox({ organization });
    const sigma = new SigmaOrganization(sandbox);
    const { state: previous } = await fetchState(sigma, wholeOrganization, {
      now: "2026-01-01T00:00:00.000Z",
    });
    const lineageCalls = async (now: string, revalidateAfterDays: number): Promise<number> => {
      sandbox.log.clear();
      await fetchState(sigma, wholeOrganization, { previous, now, revalidateAfterDays });
      return sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage"] ?? 0;
    };
    const all = previous.workbooks.length;
    expect(await lineageCalls("2026-01-03T00:00:00.000Z", 7)).toBe(0);
    const some = await lineageCalls("2026-01-06T06:00:00.000Z", 7);
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
    expect(await lineageCalls("2026-01-08T00:00:00.000Z", 7)).toBe(all);
    expect(await lineageCalls("2027-01-08T00:00:00.000Z", 0)).toBe(0);
    await sandbox.close();
  });
});
