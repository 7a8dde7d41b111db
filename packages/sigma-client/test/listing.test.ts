import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SigmaError, SigmaResponseShapeError } from "../src/index.ts";
import { type SeenRequest, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const tag = (id: number): { readonly versionTagId: string } => ({ versionTagId: `t${id}` });
const ids = (rows: readonly { readonly versionTagId: string }[]): readonly string[] =>
  rows.map((row) => row.versionTagId);

describe("a listing over HTTP", () => {
  it("returns the same rows for any pages, cursors and repeated rows", async () => {
    let pages: readonly (readonly number[])[] = [];
    let cursorOf = (page: number): string | number => page;
    const server = await startScriptedServer(({ query }) => {
      const page = pages.findIndex(
        (_, index) => String(cursorOf(index)) === (query["page"] ?? String(cursorOf(0))),
      );
      const next = page + 1 < pages.length ? cursorOf(page + 1) : null;
      return {
        json: {
          entries: (pages[page] ?? []).map(tag),
          nextPage: next,
          hasMore: page % 2 === 0 ? "True" : false,
        },
      };
    });
    const { client } = createTestClient(server.baseUrl);
    const splits = fc.record({
      total: fc.nat({ max: 40 }),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
      overlap: fc.nat({ max: 3 }),
      cursor: fc.constantFrom("number", "text", "opaque"),
    });
    await fc.assert(
      fc.asyncProperty(splits, async ({ total, sizes, overlap, cursor }) => {
        pages = splitInto(total, sizes, overlap);
        cursorOf = (page) =>
          cursor === "number" ? page + 1 : cursor === "text" ? String(page * 50) : `c==${page}/+&`;
        const rows = await client.versionTags.list().toArray();
        expect(ids(rows)).toEqual(Array.from({ length: total }, (_, index) => `t${index}`));
      }),
      { numRuns: 40 },
    );
  });

  it("requests up to 1,000 rows in page style, up to 500 in token style, and sends no parameters for arrays", async () => {
    const server = await startScriptedServer(({ path, query }) => {
      if (path.endsWith("/sources") && path.includes("workbooks"))
        return { json: [{ type: "table", inodeId: "i" }] };
      return query["page"] === undefined && query["pageToken"] === undefined
        ? { json: { entries: [], nextPage: "p2", nextPageToken: "p2" } }
        : { json: { entries: [], nextPage: null } };
    });
    const { client } = createTestClient(server.baseUrl);
    await client.workbooks.list({ excludeTags: true }).toArray();
    await client.dataModels.sources("m").toArray();
    await client.workbooks.sources("w").toArray();
    await client.workbooks.queries("w").toArray();
    expect(server.seen.map(({ path, query }) => [path, query])).toEqual([
      ["/v2/workbooks", { excludeTags: "true", limit: "1000" }],
      ["/v2/workbooks", { excludeTags: "true", limit: "1000", page: "p2" }],
      ["/v2/dataModels/m/sources", { pageSize: "500" }],
      ["/v2/dataModels/m/sources", { pageSize: "500", pageToken: "p2" }],
      ["/v2/workbooks/w/sources", {}],
      ["/v2/workbooks/w/queries", { limit: "50" }],
      ["/v2/workbooks/w/queries", { limit: "50", page: "p2" }],
    ]);
  });

  it.each([
    [{ entries: null, nextPage: null }, []],
    [{ entries: [tag(1)] }, ["t1"]],
    [{ entries: [tag(1)], nextPage: "" }, ["t1"]],
    [
      [tag(1), tag(2), tag(1)],
      ["t1", "t2"],
    ],
  ])("reads %j", async (json, expected) => {
    const server = await startScriptedServer(() => ({ json }));
    expect(ids(await createTestClient(server.baseUrl).client.versionTags.list().toArray())).toEqual(expected);
  });

  it("fetches a page only when its rows are needed", async () => {
    const server = await startScriptedServer((_request, count) => ({
      json: { entries: [tag(count)], nextPage: String(count) },
    }));
    const { client } = createTestClient(server.baseUrl);
    for await (const row of client.versionTags.list()) if (row.versionTagId === "t2") break;
    expect(server.seen).toHaveLength(2);
  });

  it.each([
    ["the same cursor again", (): unknown => ({ entries: [], nextPage: "x" })],
    [
      "new cursors without new rows",
      ({ query }: SeenRequest): unknown => ({ entries: [tag(1)], nextPage: `${query["page"] ?? ""}x` }),
    ],
  ])("fails on %s", async (_what, json) => {
    const server = await startScriptedServer((request) => ({ json: json(request) }));
    const listing = createTestClient(server.baseUrl).client.versionTags.list();
    await expect(listing.toArray()).rejects.toMatchObject({ code: "SIGMA_PAGINATION" });
    await expect(listing.toArray()).rejects.toBeInstanceOf(SigmaError);
    expect(server.seen.length).toBeLessThan(12);
  });

  it.each([
    [{ rows: [] }, "$.entries", "an array", "nothing"],
    ["text", "$", "an object with entries, or an array", "a value of type string"],
    [{ entries: [tag(1), { versionTagId: 7 }] }, "$.entries[1].versionTagId", "string", "the number 7"],
    [{ entries: [{ name: "x" }] }, "$.entries[0].versionTagId", "string", "nothing"],
    [[{ versionTagId: null }], "$[0].versionTagId", "string", "null"],
    [{ entries: [], nextPage: {} }, "$.nextPage", "a cursor or null", "a value of type object"],
  ])("describes the wrong shape of %j", async (json, jsonPath, expected, found) => {
    const server = await startScriptedServer(() => ({ json }));
    const failure = createTestClient(server.baseUrl).client.versionTags.list().toArray();
    await expect(failure).rejects.toBeInstanceOf(SigmaResponseShapeError);
    await expect(failure).rejects.toMatchObject({ endpoint: "GET /v2/tags", jsonPath, expected, found });
    expect(server.seen).toHaveLength(1);
  });
});

/** Rows 0 to total-1 in pages of the given sizes; each page repeats some rows of the previous page. */
function splitInto(total: number, sizes: readonly number[], overlap: number): readonly (readonly number[])[] {
  const pages: number[][] = [];
  for (let start = 0, index = 0; start < total; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    const from = Math.max(0, start - overlap);
    const end = Math.min(total, start + size);
    pages.push(Array.from({ length: end - from }, (_, offset) => from + offset));
    start = end;
  }
  return pages.length === 0 ? [[]] : pages;
}
