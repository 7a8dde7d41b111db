import type { LogFields } from "@dagster-sigma/foundation";
import { describe, expect, it } from "vitest";
import type { RowProblem } from "../src/index.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const workbook = (id: unknown): object => ({ workbookId: id });

async function clientOf(pages: readonly unknown[]): Promise<{
  readonly client: ReturnType<typeof createTestClient>["client"];
  readonly problems: readonly RowProblem[];
}> {
  const server = await startScriptedServer((_request, count) => ({ json: pages[count - 1] ?? null }));
  const problems: RowProblem[] = [];
  const onRowProblem = (problem: RowProblem): void => void problems.push(problem);
  return { client: createTestClient(server.baseUrl, { onRowProblem }).client, problems };
}

describe("an odd row of a listing", () => {
  it("costs only itself, and is reported with its position, field and types", async () => {
    const { client, problems } = await clientOf([
      {
        entries: [workbook("a"), { ...workbook("b"), name: 3, tags: [{ name: 1 }, { name: "t" }] }],
        nextPage: "2",
      },
      { entries: [{ workbookUrlId: "5u" }, null, workbook("c"), workbook("d")], nextPage: null },
    ]);
    expect(await client.workbooks.list().toArray()).toEqual([
      workbook("a"),
      { ...workbook("b"), tags: [{}, { name: "t" }] },
      workbook("c"),
      workbook("d"),
    ]);
    const at = { route: "GET /v2/workbooks", endpoint: "GET /v2/workbooks" };
    const field = { ...at, row: 1, isRowLost: false, rowId: null, expected: "a string" };
    expect(problems).toEqual([
      { ...field, field: "$.name", found: "the number 3" },
      { ...field, field: "$.tags[0].name", found: "the number 1" },
      {
        ...at,
        row: 2,
        field: "$.workbookId",
        expected: "an id",
        found: "nothing",
        isRowLost: true,
        rowId: "5u",
      },
      { ...at, row: 3, field: "$", expected: "an object", found: "null", isRowLost: true, rowId: null },
    ]);
  });

  it("is no error up to half of the rows of a listing, and never in a part of a document", async () => {
    const half = await clientOf([{ entries: [workbook("a"), workbook(1)] }]);
    expect(await half.client.workbooks.list().toArray()).toEqual([workbook("a")]);
    const columns = await clientOf([{ entries: [{ name: "x" }, {}, null] }]);
    expect(await columns.client.workbooks.columns("w-1").toArray()).toEqual([]);
    expect(columns.problems.map(({ route, endpoint, row }) => [route, endpoint, row])).toEqual(
      [0, 1, 2].map((row) => ["GET /v2/workbooks/{id}/columns", "GET /v2/workbooks/w-1/columns", row]),
    );
  });

  it("is an error that says how many, if more than half of the listing is unreadable, on any page", async () => {
    const { client } = await clientOf([
      { entries: [workbook("a"), workbook(1)], nextPage: "2" },
      { entries: [workbook(null)], nextPage: null },
    ]);
    await expect(client.workbooks.list().toArray()).rejects.toMatchObject({
      code: "SIGMA_RESPONSE_SHAPE",
      jsonPath: "$.entries[1].workbookId",
      message:
        "GET /v2/workbooks: the answer has an unknown shape: 2 of 3 rows are unreadable, the first one at $.entries[1].workbookId expected an id, found the number 1.",
    });
  });

  it("does not hide a listing without end", async () => {
    const server = await startScriptedServer((_request, count) => ({
      json: { entries: [workbook(null)], nextPage: `${count}` },
    }));
    const { client } = createTestClient(server.baseUrl);
    await expect(client.workbooks.list().toArray()).rejects.toMatchObject({ code: "SIGMA_RESPONSE_SHAPE" });
    expect(server.seen.length).toBeLessThan(10);
  });
});

describe("a page of any length", () => {
  it("is read", async () => {
    const { client, problems } = await clientOf([
      Array.from({ length: 150_000 }, (_, index) => workbook(`w${index}`)),
    ]);
    expect(await client.workbooks.list().toArray()).toHaveLength(150_000);
    expect(problems).toEqual([]);
  });
});

describe("a single object", () => {
  it("lacks an odd field, and is an error if nothing of it can be used", async () => {
    const { client, problems } = await clientOf([
      { ...workbook("a"), latestVersion: "3" },
      { elementId: "e", sql: 4 },
      { name: "x" },
    ]);
    expect(await client.workbooks.get("a")).toEqual(workbook("a"));
    expect(await client.workbooks.elementQuery("a", "e1")).toEqual({ elementId: "e" });
    await expect(client.workbooks.get("a")).rejects.toMatchObject({ jsonPath: "$.workbookId" });
    expect(problems.map(({ route, field }) => [route, field])).toEqual([
      ["GET /v2/workbooks/{id}", "$.latestVersion"],
      ["GET /v2/workbooks/{id}/elements/{id}/query", "$.sql"],
    ]);
  });
});

describe("without a listener", () => {
  it("the first problem of each field is logged, without values of strings", async () => {
    const entries = ["a", "b", "c"].map((id) => ({ ...workbook(id), isArchived: "secret", name: 1 }));
    const server = await startScriptedServer(() => ({ json: { entries } }));
    const warnings: (LogFields | undefined)[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (_message: string, fields?: LogFields) => void warnings.push(fields),
    };
    await createTestClient(server.baseUrl, { logger }).client.workbooks.list().toArray();
    const at = { endpoint: "GET /v2/workbooks", row: 0 };
    expect(warnings).toEqual([
      { ...at, field: "$.isArchived", expected: "a boolean", found: "a string" },
      { ...at, field: "$.name", expected: "a string", found: "the number 1" },
    ]);
  });
});
