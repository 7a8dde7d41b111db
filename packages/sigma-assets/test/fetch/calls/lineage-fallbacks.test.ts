import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import { resolveStateOptions } from "../../../src/load/load-options.ts";

/** What a route answers instead of its rows: an empty listing, or a status. */
type Answer = "empty" | number;

const routes: Readonly<Record<string, string>> = {
  lineage: "/v2/workbooks/{workbookId}/lineage",
  sources: "/v2/workbooks/{workbookId}/sources",
  elementLineage: "/v2/workbooks/{workbookId}/lineage/elements/{elementId}",
  queries: "/v2/workbooks/{workbookId}/queries",
  query: "/v2/workbooks/{workbookId}/elements/{elementId}/query",
};

/** Loads the sample company with some other answers about workbooks. */
async function load(answers: Readonly<Record<string, Answer>>): Promise<{
  readonly edges: readonly string[];
  readonly codes: readonly string[];
  readonly told: readonly string[];
  readonly calls: ReadonlyMap<string, number>;
}> {
  const changed = Object.entries(answers).map(([part, answer]) => ({ route: routes[part] ?? "", answer }));
  const empty = changed.filter(({ answer }) => answer === "empty").map(({ route }) => [route, () => []]);
  const variants = [{ variant: Object.fromEntries(empty) }];
  const sandbox = await startSandbox({ organization: buildSampleCompany(), variants });
  onTestFinished(() => sandbox.close());
  for (const { route, answer } of changed)
    if (typeof answer === "number")
      sandbox.faults.add({ route, fault: { kind: "status", status: answer, code: "refused" } });
  const organization = new SigmaOrganization(sandbox);
  const { state } = await fetchState(organization, resolveStateOptions({}));
  const { objects, diagnostics } = buildOrganizationObjects(state);
  const paths = new Map(objects.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  return {
    edges: objects.workbooks.flatMap(({ id, upstreams }) =>
      upstreams.map((upstream) => `${id} ${paths.get(upstream.id) ?? upstream.id}`),
    ),
    codes: [...new Set(diagnostics.map(({ code }) => code))],
    told: [
      ...new Set(objects.workbooks.flatMap(({ upstreams }) => upstreams.flatMap(({ told }) => told ?? []))),
    ],
    calls: new Map(
      Object.entries(routes).flatMap(([part, route]) => {
        const count = sandbox.log.counts[`GET ${route}`];
        return count === undefined ? [] : [[part, count] as const];
      }),
    ),
  };
}

describe("the lineage of workbooks", () => {
  it("comes from the sources if Sigma returns an empty list", async () => {
    const expected = await load({});
    const found = await load({ lineage: "empty" });
    expect(found.edges).toEqual(expected.edges);
    expect(found.told).toEqual(expect.arrayContaining(["sources:reported", "sources:sql"]));
    expect(found.codes).not.toContain("LINEAGE_EMPTY");
    expect(found.calls.get("queries")).toBeUndefined();
  });

  it("comes from the elements if the sources are empty too", async () => {
    const expected = await load({});
    const found = await load({ lineage: "empty", sources: "empty" });
    const lost = expected.edges.filter((edge) => !found.edges.includes(edge));
    // The lineage of an element does not contain the text of custom SQL.
    expect(lost.length).toBeLessThanOrEqual(3);
    expect(found.told).toContain("elementLineage:reported");
  });

  it.each<[string, Readonly<Record<string, Answer>>, string]>([
    ["the listing of queries", { query: 404 }, "queries"],
    ["the query of each element", { queries: 403 }, "query"],
  ])(
    "comes from the SQL of the elements, by %s, if nothing else contains any",
    async (_by, refused, part) => {
      const expected = await load({});
      const nothing = { lineage: "empty", sources: "empty", elementLineage: 404 } as const;
      const found = await load({ ...nothing, ...refused });
      const tables = expected.edges.filter((edge) => edge.includes("harbor."));
      const both = tables.filter((edge) => found.edges.includes(edge));
      expect(both.length).toBeGreaterThan(tables.length * 0.9);
      expect(found.told).toEqual(["queries:sql"]);
      expect(found.calls.get(part)).toBeGreaterThan(0);
    },
  );

  it("is reported as empty, once per workbook, if no route contains any", async () => {
    const found = await load({
      lineage: "empty",
      sources: "empty",
      elementLineage: 404,
      queries: "empty",
      query: 404,
    });
    expect(found.edges).toEqual([]);
    expect(found.codes).toContain("LINEAGE_EMPTY");
    expect(found.codes).not.toContain("LINEAGE_UNAVAILABLE");
  });

  it("is reported as refused where another route contains it", async () => {
    const expected = await load({});
    const found = await load({ lineage: 403 });
    expect(found.edges).toEqual(expected.edges);
    expect(found.codes).toContain("LINEAGE_FROM_OTHER_ROUTE");
    expect(found.codes).not.toContain("LINEAGE_UNAVAILABLE");
  });
});
