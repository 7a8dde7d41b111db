import {
  buildSampleCompany,
  type FaultRule,
  generateOrganization,
  type Organization,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { readDocumentSpec } from "../../../src/fetch/calls/read-document-spec.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import { resolveStateOptions } from "../../../src/load/load-options.ts";

const forbidden = { kind: "status", status: 403, code: "forbidden" } as const;

/** Loads an organization with or without specs. */
async function load(organization: Organization, spec: boolean, faults: readonly FaultRule[] = []) {
  const sandbox = await startSandbox({ organization });
  onTestFinished(() => sandbox.close());
  for (const fault of faults) sandbox.faults.add(fault);
  const { baseUrl, clientId, clientSecret } = sandbox;
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  const { state } = await fetchState(sigma, resolveStateOptions({ spec }));
  const { objects, diagnostics } = buildOrganizationObjects(state, { workbookColumns: true });
  const paths = new Map(objects.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  const documents = [...objects.workbooks, ...objects.dataModels];
  const { counts } = sandbox.log;
  return {
    edges: documents
      .flatMap(({ id, upstreams }) =>
        upstreams.map((upstream) => `${id} ${paths.get(upstream.id) ?? upstream.id}`),
      )
      .sort(),
    columnEdges: documents.flatMap(({ columns }) => columns.flatMap(({ from }) => from)).length,
    documents,
    codes: diagnostics.map(({ code }) => code),
    specCalls:
      (counts["GET /v2/workbooks/{workbookId}/spec"] ?? 0) +
      (counts["GET /v2/dataModels/{dataModelId}/spec"] ?? 0),
  };
}

/** Faults under which no route contains the path of a table. */
const withoutPaths: readonly FaultRule[] = [
  "/v2/connections/paths",
  "/v2/connections/paths/{inodeId}",
  "/v2/files",
  "/v2/files/{inodeId}",
  "/v2/workbooks/{workbookId}/elements/{elementId}/query",
].map((route) => ({ route, fault: forbidden }));

describe("the code representation of documents", () => {
  it("is not fetched by default, and not for documents with complete lineage", async () => {
    expect((await load(buildSampleCompany(), false, withoutPaths)).specCalls).toBe(0);
    const complete = await load(buildSampleCompany(), true);
    expect(complete.specCalls).toBeLessThan(5);
  });

  it("contains the paths of tables that no other route returns", async () => {
    const expected = await load(buildSampleCompany(), false);
    const without = await load(buildSampleCompany(), false, withoutPaths);
    const found = await load(buildSampleCompany(), true, withoutPaths);
    expect(without.edges.length).toBeLessThan(expected.edges.length);
    expect(found.edges).toEqual(expected.edges);
    expect(found.codes.filter((code) => code === "TABLE_NOT_LISTED").length).toBeLessThan(
      without.codes.filter((code) => code === "TABLE_NOT_LISTED").length,
    );
  });

  it("contains the sources of workbooks of which no other route returns any", async () => {
    const routes = [
      "lineage",
      "sources",
      "lineage/elements/{elementId}",
      "queries",
      "elements/{elementId}/query",
    ];
    const refused = routes.map((part) => ({ route: `/v2/workbooks/{workbookId}/${part}`, fault: forbidden }));
    const expected = await load(buildSampleCompany(), false);
    const without = await load(buildSampleCompany(), false, refused);
    const found = await load(buildSampleCompany(), true, refused);
    // The code representation cannot contain datasets, nor joins with custom SQL.
    expect(found.edges.length).toBeGreaterThan(expected.edges.length * 0.7);
    expect(without.edges.length).toBeLessThan(found.edges.length / 2);
    expect(found.edges.filter((edge) => !expected.edges.includes(edge))).toEqual([]);
    const told = found.documents.flatMap(({ upstreams }) =>
      upstreams.flatMap((upstream) => upstream.told ?? []),
    );
    expect(told).toEqual(expect.arrayContaining(["spec:name", "spec:reported"]));
  });

  it("adds joins and unions as facts that are not sources of columns", async () => {
    const organization = generateOrganization({ workbooks: 12, seed: 5 });
    const without = await load(organization, false, withoutPaths);
    const found = await load(organization, true, withoutPaths);
    expect(found.specCalls).toBeGreaterThan(0);
    expect(found.columnEdges).toBeGreaterThanOrEqual(without.columnEdges);
    const facts = found.documents.flatMap(({ specFacts }) => specFacts ?? []);
    expect(
      facts.flatMap(({ joins }) => joins).length + facts.flatMap(({ unions }) => unions).length,
    ).toBeGreaterThan(0);
  });

  it("that is refused is one warning per document", async () => {
    const found = await load(buildSampleCompany(), true, [
      ...withoutPaths,
      { route: "/v2/workbooks/{workbookId}/spec", fault: forbidden },
      { route: "/v2/dataModels/{dataModelId}/spec", fault: forbidden },
    ]);
    expect(found.codes).toContain("SPEC_UNAVAILABLE");
  });

  it.each([
    null,
    5,
    "x",
    [],
    {},
    { pages: 5 },
    { pages: [{ elements: [{ id: 5 }, null, { id: "e", source: 5 }] }] },
  ])("is read without an error from %j", (spec) => {
    for (const { sources } of readDocumentSpec(spec).elements) expect(sources).toEqual([]);
  });

  it("is read from pages and from a flat list, with nested sources", () => {
    const table = { kind: "warehouse-table", connectionId: "c", path: ["DB", "S", "T"] };
    const model = { kind: "data-model", dataModelId: "m", elementId: "x" };
    const element = {
      id: "e",
      kind: "table",
      source: {
        kind: "join",
        primarySource: table,
        joins: [
          { left: table, right: model, joinType: "inner", columns: [{ left: "[T/Id]", right: "[X/Id]" }] },
        ],
      },
      metrics: [{ id: "i", name: "Total", formula: "Sum([Amount])" }],
    };
    const expected = [
      {
        id: "e",
        name: null,
        sources: [
          { kind: "table", path: ["DB", "S", "T"], connectionId: "c" },
          { kind: "dataModel", dataModelId: "m", elementId: "x" },
        ],
        matches: [],
        joins: [{ type: "inner", keys: [{ left: "[T/Id]", right: "[X/Id]", operator: "=" }] }],
        metrics: [{ name: "Total", formula: "Sum([Amount])" }],
      },
    ];
    expect(readDocumentSpec({ pages: [{ id: "p", elements: [element] }] }).elements).toEqual(expected);
    expect(readDocumentSpec({ elements: [element] }).elements).toEqual(expected);
  });
});
