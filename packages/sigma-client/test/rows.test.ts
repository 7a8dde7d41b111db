import { describe, expect, it } from "vitest";
import type { SigmaClient } from "../src/index.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

type Ask = (client: SigmaClient) => Promise<unknown>;

/** Every endpoint with the row that Sigma documents for it, plus one unknown field. */
const endpoints: readonly (readonly [path: string, row: object, ask: Ask])[] = [
  [
    "/v2/workbooks",
    { workbookId: "w", name: "W", latestVersion: 3, tags: [{ name: "Production" }] },
    (c) => c.workbooks.list().toArray(),
  ],
  ["/v2/workbooks/w/pages", { pageId: "p" }, (c) => c.workbooks.pages("w").toArray()],
  [
    "/v2/workbooks/w/pages/p/elements",
    { elementId: "e" },
    (c) => c.workbooks.pageElements("w", "p").toArray(),
  ],
  [
    "/v2/workbooks/w/elements",
    { elementId: "e", vizualizationType: "bar", columns: ["A"] },
    (c) => c.workbooks.elements("w").toArray(),
  ],
  [
    "/v2/workbooks/w/columns",
    { columnId: "c", name: "C", formula: "[X/C]", type: { type: "text" }, elementId: "e" },
    (c) => c.workbooks.columns("w").toArray(),
  ],
  [
    "/v2/workbooks/w/elements/e/columns",
    { columnId: "c", label: "C" },
    (c) => c.workbooks.elementColumns("w", "e").toArray(),
  ],
  [
    "/v2/workbooks/w/lineage",
    { type: "element", elementId: "e", sourceIds: null },
    (c) => c.workbooks.lineage("w").toArray(),
  ],
  ["/v2/workbooks/w/queries", { elementId: "e", sql: null }, (c) => c.workbooks.queries("w").toArray()],
  ["/v2/workbooks/w/tags", { versionTagId: "t", name: "T" }, (c) => c.workbooks.tags("w").toArray()],
  ["/v2/workbooks/w/version-history", { version: 2 }, (c) => c.workbooks.versionHistory("w").toArray()],
  [
    "/v2/workbooks/w/materialization-schedules",
    { sheetId: "s", schedule: null },
    (c) => c.workbooks.materializationSchedules("w").toArray(),
  ],
  ["/v2/dataModels", { dataModelId: "m", tags: [{ tagName: "T" }] }, (c) => c.dataModels.list().toArray()],
  ["/v2/dataModels/m/elements", { elementId: "e" }, (c) => c.dataModels.elements("m").toArray()],
  [
    "/v2/dataModels/m/columns",
    { columnId: "c", elementId: null },
    (c) => c.dataModels.columns("m").toArray(),
  ],
  [
    "/v2/dataModels/m/lineage",
    { type: "table", inodeId: "i", name: null },
    (c) => c.dataModels.lineage("m").toArray(),
  ],
  ["/v2/dataModels/m/sources", { type: "table", tableId: "t" }, (c) => c.dataModels.sources("m").toArray()],
  ["/v2/dataModels/m/tags", { versionTagId: "t" }, (c) => c.dataModels.tags("m").toArray()],
  [
    "/v2/dataModels/m/materializationSchedules",
    { sheetId: "s" },
    (c) => c.dataModels.materializationSchedules("m").toArray(),
  ],
  ["/v2/datasets", { datasetId: "d", migrationToDataModel: null }, (c) => c.datasets.list().toArray()],
  ["/v2/datasets/d/sources", { type: "table", inodeId: "i" }, (c) => c.datasets.sources("d").toArray()],
  [
    "/v2/datasets/d/materialization",
    { status: "success", runtimeSecs: 3, error: null },
    (c) => c.datasets.materializations("d").toArray(),
  ],
  ["/v2/reports", { reportId: "r" }, (c) => c.reports.list().toArray()],
  [
    "/v2/files",
    { id: "f", type: "table", badge: null },
    (c) => c.files.list({ typeFilters: "table" }).toArray(),
  ],
  ["/v2/connections", { connectionId: "c", type: "snowflake" }, (c) => c.connections.list().toArray()],
  ["/v2/connections/paths", { path: ["DB"], urlId: "u" }, (c) => c.connections.paths().toArray()],
  [
    "/v2/connections/tables/t/columns",
    { name: "ID", type: { type: "number" } },
    (c) => c.connections.tableColumns("t").toArray(),
  ],
  ["/v2/members", { memberId: "m", email: "a@b.io" }, (c) => c.members.list().toArray()],
  ["/v2/teams", { teamId: "t" }, (c) => c.teams.list().toArray()],
  ["/v2/teams/t/members", { userId: "m" }, (c) => c.teams.members("t").toArray()],
  ["/v2/workspaces", { workspaceId: "w" }, (c) => c.workspaces.list().toArray()],
  ["/v2/tags", { versionTagId: "t" }, (c) => c.versionTags.list().toArray()],
  ["/v2/tags/t/workbooks", { workbookId: "w" }, (c) => c.versionTags.workbooks("t").toArray()],
  [
    "/v2/workbooks/w/sources",
    { type: "data-model", dataModelId: "m", elementIds: ["e"] },
    (c) => c.workbooks.sources("w").toArray(),
  ],
];

const objects: readonly (readonly [path: string, row: object, ask: Ask])[] = [
  ["/v2/whoami", { userId: "u", organizationId: "o" }, (c) => c.whoami()],
  ["/v2/workbooks/w", { workbookId: "w" }, (c) => c.workbooks.get("w")],
  [
    "/v2/workbooks/w/elements/e/query",
    { elementId: "e", sql: "select 1" },
    (c) => c.workbooks.elementQuery("w", "e"),
  ],
  [
    "/v2/workbooks/w/lineage/elements/e",
    { dependencies: { a: { type: "table" } } },
    (c) => c.workbooks.elementLineage("w", "e"),
  ],
  [
    "/v2/workbooks/w/materializations/x",
    { materializationId: "x", status: "ready" },
    (c) => c.workbooks.materialization("w", "x"),
  ],
  ["/v2/dataModels/m", { dataModelId: "m" }, (c) => c.dataModels.get("m")],
  ["/v2/datasets/d", { datasetId: "d" }, (c) => c.datasets.get("d")],
  ["/v2/reports/r", { reportId: "r" }, (c) => c.reports.get("r")],
  ["/v2/files/f", { id: "f" }, (c) => c.files.get("f")],
  ["/v2/connections/c", { connectionId: "c" }, (c) => c.connections.get("c")],
  ["/v2/connections/paths/i", { path: ["A", "B"] }, (c) => c.connections.path("i")],
  ["/v2/members/m", { memberId: "m" }, (c) => c.members.get("m")],
  ["/v2/teams/t", { teamId: "t", members: ["m"] }, (c) => c.teams.get("t")],
  ["/v2/workspaces/w", { workspaceId: "w" }, (c) => c.workspaces.get("w")],
];

describe("the client", () => {
  it.each(endpoints)("returns the rows of %s as Sigma sent them", async (path, row, ask) => {
    const sent = { ...row, somethingNew: { x: 1 } };
    const server = await startScriptedServer(() => ({ json: { entries: [sent], nextPage: null } }));
    await expect(ask(createTestClient(server.baseUrl).client)).resolves.toEqual([sent]);
    expect(server.seen.map((request) => request.path)).toEqual([path]);
  });

  it.each(objects)("returns the object of %s as Sigma sent it", async (path, row, ask) => {
    const sent = { ...row, somethingNew: 1 };
    const server = await startScriptedServer(() => ({ json: sent }));
    await expect(ask(createTestClient(server.baseUrl).client)).resolves.toEqual(sent);
    expect(server.seen.map((request) => request.path)).toEqual([path]);
  });

  it("encodes ids in paths", async () => {
    const server = await startScriptedServer(() => ({ json: { workbookId: "x" } }));
    await createTestClient(server.baseUrl).client.workbooks.get("a/b?c");
    expect(server.seen[0]?.path).toBe("/v2/workbooks/a%2Fb%3Fc");
  });
});
