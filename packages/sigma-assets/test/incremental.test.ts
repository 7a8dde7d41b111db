import {
  type DataModel,
  type Dataset,
  elementsOf,
  generateOrganization,
  type Organization,
  startSandbox,
  type Workbook,
} from "@dagster-sigma/sigma-sandbox";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FetchedState, fetchState } from "../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../src/index.ts";
import { buildOrganizationObjects } from "../src/lineage/build-organization-objects.ts";
import type { OrganizationState } from "../src/state/organization-state.ts";
import { wholeOrganization } from "./build-state.ts";

/** What happens to an organization between two fetches. */
const mutations = [
  "bump workbook",
  "edit workbook",
  "rename workbook",
  "archive workbook",
  "delete workbook",
  "republish model",
  "rename dataset",
  "delete model",
] as const;

type Mutable<Thing> = { -readonly [Field in keyof Thing]: Thing[Field] };
let clock = Date.parse("2027-01-01T00:00:00Z");

function pick<Thing>(things: readonly Thing[], index: number): Mutable<Thing> | undefined {
  return things[index % Math.max(1, things.length)] as Mutable<Thing> | undefined;
}

function touch(document: Mutable<Workbook | DataModel | Dataset>): void {
  clock += 60_000;
  document.updatedAt = new Date(clock).toISOString();
  if ("version" in document) (document as Mutable<Workbook>).version++;
}

function mutate(organization: Organization, mutation: (typeof mutations)[number], index: number): void {
  const { workbooks, dataModels, datasets } = organization;
  const workbook = pick(workbooks, index);
  const model = pick(dataModels, index);
  const dataset = pick(datasets, index);
  if (workbook === undefined || model === undefined || dataset === undefined) return;
  switch (mutation) {
    case "bump workbook":
      touch(workbook);
      return;
    case "edit workbook": {
      const other = pick(workbooks, index + 1);
      const content = other?.content;
      if (content !== undefined) Object.defineProperty(workbook, "content", { value: content });
      touch(workbook);
      return;
    }
    case "rename workbook":
      workbook.name = `${workbook.name} renamed ${index}`;
      return;
    case "archive workbook":
      workbook.isArchived = !workbook.isArchived;
      touch(workbook);
      return;
    case "delete workbook":
      (workbooks as Workbook[]).splice(index % workbooks.length, 1);
      return;
    case "republish model": {
      const [element] = elementsOf(model);
      if (element !== undefined) (element as Mutable<typeof element>).name = `${element.name} v${index}`;
      touch(model);
      return;
    }
    case "rename dataset":
      dataset.name = `${dataset.name} renamed`;
      touch(dataset);
      return;
    case "delete model":
      // Not listed any more, as when it is moved to a personal folder.
      model.isListed = !model.isListed;
      return;
  }
}

async function fetchAnew(organization: Organization, previous?: OrganizationState): Promise<FetchedState> {
  const sandbox = await startSandbox({ organization });
  try {
    return await fetchState(
      new SigmaOrganization(sandbox),
      wholeOrganization,
      previous === undefined ? {} : { previous },
    );
  } finally {
    await sandbox.close();
  }
}

/** The state without the times of the fetch, and where it was served. */
function essence(state: OrganizationState): string {
  return JSON.stringify({ ...state, header: null }, (key, value: unknown) =>
    key === "fetchedAt" || key === "message" ? undefined : value,
  );
}

describe("an incremental fetch", () => {
  it("gives what a full one gives, whatever happened in between", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.tuple(fc.constantFrom(...mutations), fc.nat(40)), { minLength: 1, maxLength: 6 }),
        async (seed, steps) => {
          const organization = generateOrganization({ workbooks: 8, seed });
          let { state } = await fetchAnew(organization);
          for (const [mutation, index] of steps) {
            mutate(organization, mutation, index);
            const [incremental, full] = [await fetchAnew(organization, state), await fetchAnew(organization)];
            expect(essence(incremental.state)).toBe(essence(full.state));
            state = incremental.state;
          }
        },
      ),
      { numRuns: 6 },
    );
  }, 120_000);

  it("of an organization in which nothing changed takes the listings, and a call for each personal model", async () => {
    const organization = generateOrganization({ workbooks: 120, seed: 9 });
    const { state } = await fetchAnew(organization);
    const { requests, state: again } = await fetchAnew(organization, state);
    const unlisted = state.dataModels.filter(({ isListed }) => !isListed).length;
    expect(essence(again)).toBe(essence(state));
    expect(requests - unlisted).toBeLessThanOrEqual(10);
  });

  it("keeps what a document told the last time where Sigma cannot be asked now, and asks again", async () => {
    const organization = generateOrganization({ workbooks: 12, seed: 4 });
    const sandbox = await startSandbox({ organization });
    const sigma = new SigmaOrganization({ ...sandbox, retryLimits: { baseDelayMs: 1, maxDelayMs: 2 } });
    const { state: previous } = await fetchState(sigma, wholeOrganization);
    const [workbook] = organization.workbooks.filter(({ isArchived }) => !isArchived);
    if (workbook === undefined) throw new Error("There are workbooks.");
    touch(workbook as Mutable<Workbook>);
    sandbox.organizationChanged();
    const of = ({ workbooks }: OrganizationState): OrganizationState["workbooks"][number] | undefined =>
      workbooks.find(({ id }) => id === workbook.id);
    const fault = { kind: "status", status: 503 } as const;
    sandbox.faults.add({ route: "/v2/workbooks/{workbookId}/lineage", path: workbook.id, fault });
    const { state: stale } = await fetchState(sigma, wholeOrganization, { previous });
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
    touch(workbook as Mutable<Workbook>);
    sandbox.organizationChanged();
    const { state: lost } = await fetchState(sigma, wholeOrganization, { previous: mended });
    expect([of(lost)?.lineage, of(lost)?.staleSince]).toEqual([null, undefined]);
    await sandbox.close();
  });

  it("looks at each document anew within the days that are set", async () => {
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
