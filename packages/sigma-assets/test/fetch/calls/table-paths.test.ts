import { buildSampleCompany, type Fault, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import { resolveStateOptions } from "../../../src/load/load-options.ts";
import type { OrganizationState } from "../../../src/state/organization-state.ts";

const listing = "/v2/connections/paths";
const single = "/v2/connections/paths/{inodeId}";
const files = "/v2/files";
const file = "/v2/files/{inodeId}";

const refused = (status: number): Fault => ({ kind: "status", status, code: "refused" });

/** Fetches the sample company, where some routes fail. */
async function fetchWith(
  faults: Readonly<Record<string, Fault>>,
  how: Parameters<typeof fetchState>[2] = {},
): Promise<{ readonly state: OrganizationState; readonly sandbox: Sandbox }> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  for (const [route, fault] of Object.entries(faults)) sandbox.faults.add({ route, fault });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const retryLimits = { baseDelayMs: 1, maxTries: 2 };
  const organization = new SigmaOrganization({ baseUrl, clientId, clientSecret, retryLimits });
  const { state } = await fetchState(organization, resolveStateOptions({}), how);
  return { state, sandbox };
}

/** Which document reads which table, by path. */
function edgesOf(state: OrganizationState): readonly string[] {
  const { objects } = buildOrganizationObjects(state);
  const paths = new Map(objects.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  return [...objects.workbooks, ...objects.dataModels, ...objects.datasets]
    .flatMap(({ id, upstreams }) => upstreams.map((upstream) => `${id} ${paths.get(upstream.id) ?? ""}`))
    .sort();
}

describe("the paths of tables", () => {
  it.each([403, 404, 409, 503])(
    "come from single calls if their listings answer %d, with one diagnostic per listing",
    async (status) => {
      const expected = await fetchWith({});
      const { state, sandbox } = await fetchWith({ [listing]: refused(status), [files]: refused(status) });
      expect(edgesOf(state)).toEqual(edgesOf(expected.state));
      expect(state.tables.every(({ connectionId }) => connectionId !== null)).toBe(true);
      expect(state.failures.map(({ subject }) => subject)).toEqual(["connectionPaths", "tables"]);
      const attempts = status === 503 ? 2 : 1;
      expect(sandbox.log.counts[`GET ${listing}`]).toBe(attempts);
      expect(sandbox.log.counts[`GET ${files}`]).toBe(attempts);
    },
  );

  it("come from the listing of files if only that answers", async () => {
    const expected = await fetchWith({});
    const { state, sandbox } = await fetchWith({ [listing]: refused(403), [single]: refused(403) });
    expect(edgesOf(state)).toEqual(edgesOf(expected.state));
    // Only the deleted table is in no listing.
    expect(sandbox.log.counts[`GET ${file}`]).toBe(1);
  });

  it("come from single files if nothing else answers", async () => {
    const expected = await fetchWith({});
    const { state } = await fetchWith({
      [listing]: refused(403),
      [files]: refused(403),
      [single]: refused(403),
    });
    expect(edgesOf(state)).toEqual(edgesOf(expected.state));
  });

  it("come from the SQL of an element that reads only that table, if no route returns them", async () => {
    const expected = buildOrganizationObjects((await fetchWith({})).state);
    const { state } = await fetchWith({
      [listing]: refused(403),
      [files]: refused(403),
      [single]: refused(404),
      [file]: refused(404),
    });
    expect(state.tables).toEqual([]);
    const { objects, diagnostics } = buildOrganizationObjects(state);
    const known = new Set(expected.objects.tables.map(({ id, path }) => `${id} ${path.join(".")}`));
    const inSql = objects.tables.filter(({ id }) => state.missingTables.some((missing) => missing.id === id));
    expect(inSql.length).toBeGreaterThan(3);
    for (const { id, path } of inSql) expect(known).toContain(`${id} ${path.join(".")}`);
    const lost = diagnostics.filter(({ code }) => code === "TABLE_NOT_LISTED");
    expect(lost.length + inSql.length).toBe(state.missingTables.length);
    expect(lost[0]?.message).toContain(
      "Calls for its path: GET /v2/connections/paths (403 SIGMA_PERMISSION), GET /v2/files?typeFilters=table (403 SIGMA_PERMISSION), GET /v2/connections/paths/{id} (404 SIGMA_NOT_FOUND), GET /v2/files/{id} (404 SIGMA_NOT_FOUND), GET /v2/workbooks/{id}/elements/{id}/query",
    );
  });

  it("are not asked from a route that refuses every table", async () => {
    const { state, sandbox } = await fetchWith({
      [listing]: refused(403),
      [files]: refused(403),
      [single]: refused(403),
      [file]: refused(403),
    });
    expect(state.missingTables.length).toBeGreaterThan(20);
    expect(sandbox.log.counts[`GET ${single}`]).toBeLessThanOrEqual(40);
  });

  it("are asked for within a limit of calls, and a refresh continues with the rest", async () => {
    const listings = { [listing]: refused(403), [files]: refused(403) };
    const first = await fetchWith(listings, { maxTableLookups: 5 });
    expect(first.sandbox.log.counts[`GET ${single}`]).toBe(5);
    expect(first.state.tables).toHaveLength(5);
    const { diagnostics } = buildOrganizationObjects(first.state);
    const lost = diagnostics.filter(({ code }) => code === "TABLE_NOT_LISTED");
    expect(lost[0]?.message).toContain("not called, the limit of calls for single tables is reached");
    const { state } = await fetchWith(listings, { previous: first.state });
    expect(state.tables.length).toBeGreaterThan(20);
    expect(state.missingTables).toEqual([]);
  });

  it("that no route knows are not asked for again by the next refresh", async () => {
    const nowhere = {
      [listing]: refused(403),
      [files]: refused(403),
      [single]: refused(404),
      [file]: refused(404),
    };
    const { state } = await fetchWith(nowhere);
    const { state: next, sandbox } = await fetchWith(nowhere, { previous: state });
    expect(sandbox.log.counts[`GET ${single}`] ?? 0).toBe(0);
    expect(sandbox.log.counts[`GET ${file}`] ?? 0).toBe(0);
    expect(next.missingTables).toEqual(state.missingTables);
  });
});
