import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AssetSpec } from "@dagster-sigma/asset-graph";
import {
  buildSampleCompany,
  type FaultRule,
  type Organization,
  type Sandbox,
  startSandbox,
  type Workbook,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildOrganizationObjects } from "../../src/derive/objects/build-organization-objects.ts";
import { fetchState } from "../../src/fetch/fetch-state.ts";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  type OrganizationState,
  SigmaOrganization,
  saveSigmaSnapshot,
} from "../../src/index.ts";
import { StateReader, stateLines } from "../../src/state/state-lines.ts";
import { wholeOrganization } from "../build-state.ts";

const label = "dagster_sigma/materialization_schedules";
const withSchedules = { ...wholeOrganization, materializationSchedules: true } as const;
const routes = {
  workbooks: "/v2/workbooks/{workbookId}/materialization-schedules",
  dataModels: "/v2/dataModels/{dataModelId}/materializationSchedules",
} as const;

async function start(): Promise<{
  readonly organization: Organization;
  readonly sandbox: Sandbox;
  readonly sigma: SigmaOrganization;
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => Promise<readonly AssetSpec[]>;
}> {
  const organization = buildSampleCompany();
  const sandbox = await startSandbox({ organization });
  onTestFinished(() => sandbox.close());
  const sigma = new SigmaOrganization({ ...sandbox, retryLimits: { baseDelayMs: 1, maxDelayMs: 2 } });
  return { organization, sandbox, sigma, load: (options = {}) => loadSigmaAssetSpecs(sigma, options) };
}

function scheduledWorkbook({ workbooks }: Organization): Workbook {
  const found = workbooks.find(({ content }) => content.schedules.some(({ paused }) => !paused));
  if (found === undefined) throw new Error("The sample has schedules.");
  return found;
}

/** Like a user in Sigma: version and date of the workbook do not change. */
function reschedule(sandbox: Sandbox, workbook: Workbook, cronSpec: string): void {
  const { content } = workbook;
  const schedules = content.schedules.map((schedule) => ({ ...schedule, cronSpec }));
  Object.defineProperty(workbook, "content", { value: { ...content, schedules }, enumerable: true });
  sandbox.organizationChanged();
}

function cronOf({ workbooks }: OrganizationState, { id }: Workbook): string | null | undefined {
  const rows = workbooks.find((workbook) => workbook.id === id)?.materializationSchedules;
  return rows?.[0]?.schedule?.cronSpec;
}

const schedulesOf = (specs: readonly AssetSpec[]): readonly (readonly [string, unknown])[] =>
  specs.flatMap(({ key, metadata }) => {
    const value = metadata[label];
    return value === undefined ? [] : [[key.toUserString(), value.type === "json" ? value.value : value]];
  });

const callsOf = (sandbox: Sandbox): readonly number[] =>
  Object.values(routes).map((route) => sandbox.log.counts[`GET ${route}`] ?? 0);

/** All calls except those for tokens, which Sigma limits to one per second. */
const rowCallsOf = ({ log }: Sandbox): number =>
  log.requests.filter(({ route }) => route !== "/v2/auth/token").length;

describe("materializationSchedules", () => {
  it("adds the rows of workbooks and data models with one call each, and makes no calls by default", async () => {
    const { sandbox, load } = await start();
    expect(schedulesOf(await load())).toEqual([]);
    expect(callsOf(sandbox)).toEqual([0, 0]);
    const before = rowCallsOf(sandbox);
    sandbox.log.clear();
    const schedules = new Map(schedulesOf(await load({ materializationSchedules: true })));
    expect(callsOf(sandbox)).toEqual([36, 9]);
    expect(rowCallsOf(sandbox)).toBe(before + 36 + 9);
    expect([...schedules.keys()].sort()).toEqual(["Orders_Explorer", "Roast_Log", "Sales"]);
    expect(schedules.get("Roast_Log")).toEqual([
      {
        sheetId: expect.any(String),
        elementId: expect.any(String),
        elementName: expect.any(String),
        schedule: { cronSpec: "30 4 * * *", timezone: "Europe/Lisbon" },
        configuredAt: expect.any(String),
        paused: true,
      },
    ]);
  });

  it("adds the rows to their elements if elements are assets", async () => {
    const { load } = await start();
    const specs = await load({ materializationSchedules: true, dataModelGranularity: "element" });
    const onElements = schedulesOf(specs).filter(([key]) => key.startsWith("Sales/"));
    expect(onElements).toHaveLength(1);
    const [[key, rows] = ["", null]] = onElements;
    expect(rows).toEqual([expect.objectContaining({ elementName: nameIn(specs, key) })]);
  });

  it("adds rows that name their element only by its name", async () => {
    const { organization, sandbox, load } = await start();
    for (const document of [...organization.workbooks, ...organization.dataModels]) {
      const { content } = document;
      const schedules = content.schedules.map((schedule) => ({ ...schedule, isByNameOnly: true }));
      Object.defineProperty(document, "content", { value: { ...content, schedules }, enumerable: true });
    }
    sandbox.organizationChanged();
    const specs = await load({ materializationSchedules: true, dataModelGranularity: "element" });
    const schedules = specs.flatMap(({ presentation }) => presentation?.schedules ?? []);
    expect(schedules).toHaveLength(3);
    expect(schedules.map(({ name }) => name)).not.toContain("");
    const [[key, rows] = ["", null]] = schedulesOf(specs).filter(([name]) => name.startsWith("Sales/"));
    expect(rows).toEqual([expect.objectContaining({ elementName: nameIn(specs, key) })]);
    expect(JSON.stringify(rows)).not.toMatch(/sheetId|elementId/);
  });

  it("uses a separate state; loads without it use the old file name", async () => {
    const { sandbox, load } = await start();
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-schedules-"));
    const states = (): readonly string[] => readdirSync(stateDir).filter((name) => name.endsWith(".ndjson"));
    await load({ stateDir });
    const [plain = ""] = states();
    const first = schedulesOf(await load({ stateDir, materializationSchedules: true }));
    expect(states()).toHaveLength(2);
    expect(states()).toContain(plain);
    sandbox.log.clear();
    // From the cache and from the state:
    expect(schedulesOf(await load({ stateDir, materializationSchedules: true }))).toEqual(first);
    const raw = await load({ stateDir, materializationSchedules: true, rawMetadata: true });
    expect(schedulesOf(raw)).toEqual(first);
    expect(schedulesOf(await load({ stateDir, materializationSchedules: false }))).toEqual([]);
    expect(sandbox.log.requests).toEqual([]);
    expect(first).not.toEqual([]);
  });

  it("is applied to a snapshot written with it", async () => {
    const { sandbox, sigma, load } = await start();
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-schedules-")), "sigma.ndjson");
    const route = routes.workbooks;
    sandbox.faults.add({ route, path: "", fault: { kind: "status", status: 403, code: "forbidden" } });
    await saveSigmaSnapshot(sigma, file, { materializationSchedules: true });
    expect(schedulesOf(await load({ snapshotPath: file, materializationSchedules: true }))).toHaveLength(1);
    expect(codesOf(sigma)).toContain("MATERIALIZATION_SCHEDULES_UNAVAILABLE");
    expect(schedulesOf(await load({ snapshotPath: file }))).toEqual([]);
    expect(codesOf(sigma)).not.toContain("MATERIALIZATION_SCHEDULES_UNAVAILABLE");
  });

  it("loads states of versions without schedules", async () => {
    const { sigma } = await start();
    const { state } = await fetchState(sigma, wholeOrganization);
    const lines = [...stateLines(state, "0.0.0")];
    expect(lines.join("\n")).not.toMatch(/materializationSchedules/);
    const reader = new StateReader();
    for (const line of lines) reader.push(line);
    const { objects } = buildOrganizationObjects(reader.finish());
    expect(objects.workbooks.every((each) => each.materializationSchedules.length === 0)).toBe(true);
  });
});

describe("a changed schedule", () => {
  const now = "2026-01-01T00:00:00.000Z";

  it("is invisible to a refresh until the document is due for revalidation", async () => {
    const { organization, sandbox, sigma } = await start();
    const workbook = scheduledWorkbook(organization);
    const { state: previous } = await fetchState(sigma, withSchedules, { now });
    const was = cronOf(previous, workbook);
    reschedule(sandbox, workbook, "45 23 * * 0");
    const cronAt = async (time: string, revalidateAfterDays: number): Promise<unknown> => {
      const how = { previous, now: time, revalidateAfterDays };
      return cronOf((await fetchState(sigma, withSchedules, how)).state, workbook);
    };
    expect(await cronAt("2026-01-04T00:00:00.000Z", 7)).toBe(was);
    expect(await cronAt("2026-01-08T00:00:00.000Z", 7)).toBe("45 23 * * 0");
    expect(await cronAt("2026-01-02T00:00:00.000Z", 1)).toBe("45 23 * * 0");
    expect(await cronAt("2027-01-01T00:00:00.000Z", 0)).toBe(was);
    expect(was).not.toBe("45 23 * * 0");
  });

  it("is noticed with a new version of the document", async () => {
    const { organization, sandbox, sigma } = await start();
    const workbook = scheduledWorkbook(organization);
    const { state: previous } = await fetchState(sigma, withSchedules, { now });
    reschedule(sandbox, workbook, "45 23 * * 0");
    sandbox.mutate("bump workbook", organization.workbooks.indexOf(workbook));
    const { state } = await fetchState(sigma, withSchedules, { previous, now });
    expect(cronOf(state, workbook)).toBe("45 23 * * 0");
  });
});

describe("a failed schedules call", () => {
  it.each(["workbooks", "dataModels"] as const)(
    "for %s keeps the last good rows, causes a diagnostic, and is repeated later",
    async (list) => {
      const { organization, sandbox, sigma } = await start();
      const document = organization[list].find(({ content }) => content.schedules.length > 0);
      if (document === undefined) throw new Error("The sample has schedules.");
      const { state: previous } = await fetchState(sigma, withSchedules);
      const of = (
        state: OrganizationState,
      ): OrganizationState["workbooks" | "dataModels"][number] | undefined =>
        state[list].find(({ id }) => id === document.id);
      const index = organization[list].findIndex(({ id }) => id === document.id);
      const mutation = list === "workbooks" ? "bump workbook" : "republish model";
      const failWith = (status: number): FaultRule => ({
        route: routes[list],
        path: document.id,
        fault: { kind: "status", status },
      });
      sandbox.mutate(mutation, index);
      sandbox.faults.add(failWith(503));
      const { state: stale } = await fetchState(sigma, withSchedules, { previous });
      expect(of(stale)?.materializationSchedules).toEqual(of(previous)?.materializationSchedules);
      expect(of(stale)?.materializationSchedules).toHaveLength(1);
      expect(of(stale)?.staleSince).toBe(of(previous)?.fetchedAt);
      expect(codesAbout(stale, document.id)).toEqual(["DETAILS_STALE"]);
      // All other data is current.
      expect(of(stale)?.version).toBe((of(previous)?.version ?? 0) + 1);
      sandbox.faults.clear();
      const { state: mended } = await fetchState(sigma, withSchedules, { previous: stale });
      expect(of(mended)?.staleSince).toBeUndefined();
      expect(codesAbout(mended, document.id)).toEqual([]);
      sandbox.mutate(mutation, index);
      sandbox.faults.add(failWith(403));
      const { state: refused } = await fetchState(sigma, withSchedules, { previous: mended });
      expect(of(refused)?.materializationSchedules).toBeNull();
      expect(codesAbout(refused, document.id)).toEqual(["MATERIALIZATION_SCHEDULES_UNAVAILABLE"]);
    },
  );
});

describe("an organization without the schedules route", () => {
  it("is called once, and each document gets a diagnostic", async () => {
    const { sandbox, sigma, load } = await start();
    const headers = { errorcause: "UnmatchedHandler" };
    for (const route of Object.values(routes))
      sandbox.faults.add({ route, fault: { kind: "status", status: 404, code: "not_found", headers } });
    expect(schedulesOf(await load({ materializationSchedules: true }))).toEqual([]);
    expect(callsOf(sandbox)).toEqual([1, 1]);
    const told = codesOf(sigma).filter((code) => code === "MATERIALIZATION_SCHEDULES_UNAVAILABLE");
    expect(told).toHaveLength(36 + 9);
  });
});

function codesOf({ loadReports }: SigmaOrganization): readonly string[] {
  return (loadReports.at(-1)?.diagnostics ?? []).map(({ code }) => code);
}

function codesAbout(state: OrganizationState, id: string): readonly string[] {
  const { diagnostics } = buildOrganizationObjects(state);
  const about = /STALE|SCHEDULES|LINEAGE_UNAVAILABLE|COLUMNS_UNAVAILABLE/;
  return diagnostics
    .filter(({ code, object }) => object?.id === id && about.test(code))
    .map(({ code }) => code);
}

function nameIn(specs: readonly AssetSpec[], key: string): unknown {
  return specs.find((spec) => spec.key.toUserString() === key)?.metadata["dagster_sigma/name"]?.value;
}
