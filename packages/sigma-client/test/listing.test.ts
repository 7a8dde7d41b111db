import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SigmaError, SigmaResponseShapeError } from "../src/index.ts";
import { type SeenRequest, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const tag = (id: number | string): { readonly versionTagId: string } => ({
  versionTagId: typeof id === "number" ? `t${id}` : id,
});
const ids = (rows: readonly { readonly versionTagId: string }[]): readonly string[] =>
  rows.map((row) => row.versionTagId);

describe("a listing over real HTTP", () => {
  it("returns the same rows for any page sizes, cursors and repeated rows", async () => {
    let pages: readonly (readonly string[])[] = [];
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
          hasMore: next === null ? "False" : page % 2 === 0 ? "True" : false,
        },
      };
    });
    const { client } = createTestClient(server.baseUrl);
    // Ids that differ only in case, escaping, Unicode normal form or a suffix are different ids.
    const alike = [
      "a",
      "A",
      "a/",
      "a/b",
      "a%2Fb",
      "a\\",
      "a\\/b",
      "a b",
      "a+b",
      "a,b",
      "é",
      "e\u0301",
      "__proto__",
    ];
    const id = fc.oneof(fc.constantFrom(...alike), fc.string({ minLength: 1 }));
    const splits = fc.record({
      rows: fc.uniqueArray(id, { maxLength: 40 }),
      sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
      overlap: fc.nat({ max: 3 }),
      cursor: fc.constantFrom("number", "text", "opaque"),
    });
    await fc.assert(
      fc.asyncProperty(splits, async ({ rows, sizes, overlap, cursor }) => {
        pages = splitInto(rows, sizes, overlap);
        cursorOf = (page) =>
          cursor === "number" ? page + 1 : cursor === "text" ? String(page * 50) : `c==${page}/+&`;
        expect(ids(await client.versionTags.list().toArray())).toEqual(rows);
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
    for (const part of ["elements", "columns", "lineage"] as const) await client.reports[part]("r").toArray();
    expect(server.seen.map(({ path, query }) => [path, query])).toEqual([
      ["/v2/workbooks", { excludeTags: "true", limit: "1000" }],
      ["/v2/workbooks", { excludeTags: "true", limit: "1000", page: "p2" }],
      ["/v2/dataModels/m/sources", { pageSize: "500" }],
      ["/v2/dataModels/m/sources", { pageSize: "500", pageToken: "p2" }],
      ["/v2/workbooks/w/sources", {}],
      ["/v2/workbooks/w/queries", { limit: "50" }],
      ["/v2/workbooks/w/queries", { limit: "50", page: "p2" }],
      ["/v2/reports/r/elements", { pageSize: "500" }],
      ["/v2/reports/r/elements", { pageSize: "500", pageToken: "p2" }],
      ["/v2/reports/r/columns", { pageSize: "500" }],
      ["/v2/reports/r/columns", { pageSize: "500", pageToken: "p2" }],
      ["/v2/reports/r/lineage", { pageSize: "500" }],
      ["/v2/reports/r/lineage", { pageSize: "500", pageToken: "p2" }],
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

  it("continues after up to three consecutive pages without new rows, any number of times", async () => {
    const pages = [[1], [1], [], [1], [2], [], [2], [1], [3]];
    const server = await startScriptedServer((_request, count) => ({
      json: {
        entries: (pages[count - 1] ?? []).map(tag),
        nextPage: count < pages.length ? `${count}` : null,
      },
    }));
    const { client } = createTestClient(server.baseUrl);
    expect(ids(await client.versionTags.list().toArray())).toEqual(["t1", "t2", "t3"]);
    expect(server.seen).toHaveLength(pages.length);
  });

  it.each([
    ["a repeated cursor", (): unknown => ({ entries: [], nextPage: "x" }), 4],
    [
      "a cursor from two pages earlier",
      (_request: SeenRequest, count: number): unknown => ({ entries: [tag(count)], nextPage: count % 2 }),
      6,
    ],
    ["more rows, but no next page", (): unknown => ({ entries: [tag(1)], nextPage: null, hasMore: true }), 2],
    ["more rows as text", (): unknown => ({ entries: [tag(1)], hasMore: "True" }), 2],
  ])("requests the listing once more on %s, then ends with an error", async (_what, json, requests) => {
    const server = await startScriptedServer((request, count) => ({ json: json(request, count) }));
    const failure = createTestClient(server.baseUrl).client.versionTags.list().toArray();
    await expect(failure).rejects.toBeInstanceOf(SigmaError);
    await expect(failure).rejects.toMatchObject({ code: "LIST_INCOMPLETE", endpoint: "GET /v2/tags" });
    expect(server.seen).toHaveLength(requests);
    expect(server.seen.filter(({ query }) => query["page"] === undefined)).toHaveLength(2);
  });

  it.each([
    ["a repeated cursor", { entries: [tag(1)], nextPage: "1" }],
    ["a missing next page", { entries: [tag(1)], hasMore: true }],
    ["a total above the rows", { entries: [tag(1)], total: 3 }],
  ])("returns all rows if %s is gone when the listing is requested once more", async (_what, first) => {
    const good = [
      { entries: [tag(1), tag(2)], nextPage: "2" },
      { entries: [tag(3)], total: 3 },
    ];
    const pages = [...("nextPage" in first ? [first, first] : [first]), ...good];
    const server = await startScriptedServer((_request, count) => ({ json: pages[count - 1] }));
    const incomplete: unknown[] = [];
    const { client } = createTestClient(server.baseUrl, {
      onIncompleteListing: (listing) => incomplete.push(listing),
    });
    expect(ids(await client.versionTags.list().toArray())).toEqual(["t1", "t2", "t3"]);
    expect(incomplete).toEqual([]);
  });

  it("reports a total above the rows with both numbers, after it requested the listing once more", async () => {
    const server = await startScriptedServer(({ query }) => ({
      json:
        query["page"] === undefined
          ? { entries: [tag(1), tag(2)], nextPage: "2", total: 5 }
          : { entries: [tag(2), tag(3)], total: 5 },
    }));
    const incomplete: unknown[] = [];
    const { client } = createTestClient(server.baseUrl, {
      onIncompleteListing: (listing) => incomplete.push(listing),
    });
    expect(ids(await client.versionTags.list().toArray())).toEqual(["t1", "t2", "t3"]);
    expect(incomplete).toEqual([{ endpoint: "GET /v2/tags", total: 5, received: 4 }]);
    expect(server.seen).toHaveLength(4);
    expect(client.counts.repeatedRows).toBe(1);
  });

  it("does not request a listing again because a row shifted to the next page", async () => {
    const server = await startScriptedServer(({ query }) => ({
      json:
        query["page"] === undefined
          ? { entries: [tag(1), tag(2)], nextPage: "2", total: 3 }
          : { entries: [tag(2)], total: 3 },
    }));
    const { client } = createTestClient(server.baseUrl);
    expect(ids(await client.versionTags.list().toArray())).toEqual(["t1", "t2"]);
    expect(server.seen).toHaveLength(2);
    expect(client.counts.repeatedRows).toBe(1);
  });

  it.each([
    ["a fourth page without new rows", {}, 0, 5],
    ["more pages than the limit", { maxPages: 7 }, 1, 8],
    ["more rows than the limit", { maxRows: 12 }, 3, 5],
  ])("ends with an error on %s, without another request", async (_what, limits, newRows, requests) => {
    const server = await startScriptedServer((_request, count) => ({
      json: {
        entries: Array.from({ length: Math.max(newRows, 1) }, (_, row) => tag(newRows * count + row)),
        nextPage: count,
      },
    }));
    const failure = createTestClient(server.baseUrl, limits).client.versionTags.list().toArray();
    await expect(failure).rejects.toMatchObject({ code: "SIGMA_PAGINATION" });
    expect(server.seen).toHaveLength(requests);
  });

  it.each([
    ["more rows than the limit for a part of a document", { maxDocumentRows: 12 }, 5],
    ["more characters than the limit for a part of a document", { maxDocumentLength: 700 }, 3],
  ])(
    "a part of a document ends with an error on %s, other listings do not",
    async (_what, limits, requests) => {
      const server = await startScriptedServer(({ path }, count) => ({
        json: {
          entries: Array.from({ length: 3 }, (_, row) => ({
            ...tag(3 * count + row),
            type: "element",
            elementId: `element ${3 * count + row}`,
            fill: "x".repeat(10),
          })),
          nextPage: path === "/v2/tags" && count >= 10 ? null : count,
        },
      }));
      const { client } = createTestClient(server.baseUrl, limits);
      expect(await client.versionTags.list().toArray()).toHaveLength(30);
      const failure = client.workbooks.lineage("w").toArray();
      await expect(failure).rejects.toMatchObject({
        code: "SIGMA_PAGINATION",
        hint: expect.stringContaining("maxDocumentRows"),
      });
      expect(server.seen).toHaveLength(10 + requests);
    },
  );

  it("the listings of all objects together have a limit; rows of failed listings do not count", async () => {
    const server = await startScriptedServer(({ path }, count) => ({
      json: {
        entries: [{ type: "element", elementId: `e${count}`, columnId: "c", fill: "x".repeat(100_000) }],
        nextPage: path.endsWith("/lineage") ? count : null,
      },
    }));
    // Three listings raise it by 1.5 Mi.
    const { client } = createTestClient(server.baseUrl, {
      maxAllDocumentsLength: 500_000,
      maxDocumentLength: 900_000,
    });
    const results = await Promise.allSettled(
      ["a", "b", "c"].map((id) => client.workbooks.lineage(id).toArray()),
    );
    const messages = results.map((result) => (result.status === "rejected" ? `${result.reason}` : ""));
    expect(
      messages.filter((text) => text.includes("together have more than 2072864 characters")),
    ).not.toEqual([]);
    expect(messages.filter((text) => text.includes("more than 900000 characters"))).not.toEqual([]);
    expect(await client.workbooks.columns("a").toArray()).toHaveLength(1);
  });

  it("reads a page with more rows than a function may have arguments", async () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => tag(row));
    const server = await startScriptedServer(() => ({ json: rows }));
    expect(await createTestClient(server.baseUrl).client.versionTags.list().toArray()).toHaveLength(200_000);
  });

  it.each([
    [{ rows: [] }, "$.entries", "an array", "nothing"],
    ["text", "$", "an object with entries, or an array", "a value of type string"],
    [{ entries: null, total: 2 }, "$.entries", "an array", "null"],
    [{ entries: [tag(1), { versionTagId: 7 }, {}] }, "$.entries[1].versionTagId", "an id", "the number 7"],
    [{ entries: [{ name: "x" }] }, "$.entries[0].versionTagId", "an id", "nothing"],
    [[{ versionTagId: null }], "$[0].versionTagId", "an id", "null"],
    [{ entries: [], nextPage: {} }, "$.nextPage", "a cursor or null", "a value of type object"],
  ])("describes the wrong shape of %j", async (json, jsonPath, expected, found) => {
    const server = await startScriptedServer(() => ({ json }));
    const failure = createTestClient(server.baseUrl).client.versionTags.list().toArray();
    await expect(failure).rejects.toBeInstanceOf(SigmaResponseShapeError);
    await expect(failure).rejects.toMatchObject({ endpoint: "GET /v2/tags", jsonPath, expected, found });
    expect(server.seen).toHaveLength(1);
  });
});

/** Rows in pages of the given sizes; each page begins with some rows of the previous page. */
function splitInto(
  rows: readonly string[],
  sizes: readonly number[],
  overlap: number,
): readonly (readonly string[])[] {
  const pages: (readonly string[])[] = [];
  for (let start = 0, index = 0; start < rows.length; index++) {
    const end = start + (sizes[index % sizes.length] ?? 1);
    pages.push(rows.slice(Math.max(0, start - overlap), end));
    start = end;
  }
  return pages.length === 0 ? [[]] : pages;
}
