import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { fetchState } from "../../../src/fetch/fetch-state.ts";
import { SigmaOrganization } from "../../../src/index.ts";
import { resolveStateOptions } from "../../../src/load/load-options.ts";

/** What a route answers instead of its rows: an empty listing, or a status. */
type Answer = "empty" | number;

const workbookPart = /^\/v2\/workbooks\/[^/]+\/(?<part>lineage|sources|queries|elements\/[^/]+\/query)$/;
const elementLineage = /^\/v2\/workbooks\/[^/]+\/lineage\/elements\//;

/** Loads the sample company through a server that changes some answers about workbooks. */
async function load(answers: Readonly<Record<string, Answer>>): Promise<{
  readonly edges: readonly string[];
  readonly codes: readonly string[];
  readonly told: readonly string[];
  readonly calls: ReadonlyMap<string, number>;
}> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  const calls = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const part = elementLineage.test(path)
      ? "elementLineage"
      : (workbookPart.exec(path)?.groups?.["part"]?.replace(/^elements\/.*/, "query") ?? "");
    calls.set(part, (calls.get(part) ?? 0) + 1);
    const answer = answers[part];
    response.setHeader("content-type", "application/json");
    if (typeof answer === "number") {
      response.statusCode = answer;
      response.end(JSON.stringify({ code: "refused", message: "Refused" }));
    } else if (answer === "empty") {
      response.end(part === "sources" ? "[]" : JSON.stringify({ entries: [], nextPage: null }));
    } else {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk as Buffer);
      const headers = Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === "string" && !["host", "connection", "content-length", "expect"].includes(name)
          ? [[name, value] as [string, string]]
          : [],
      );
      const forwarded = await fetch(`${sandbox.baseUrl}${request.url}`, {
        method: request.method ?? "GET",
        headers,
        ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
      });
      response.statusCode = forwarded.status;
      response.end(await forwarded.text());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { clientId, clientSecret } = sandbox;
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const organization = new SigmaOrganization({ baseUrl, clientId, clientSecret });
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
    calls,
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
