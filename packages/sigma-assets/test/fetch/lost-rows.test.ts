import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadReport } from "@dagster-sigma/asset-graph";
import { ManualClock } from "@dagster-sigma/foundation";
import type { FetchLike } from "@dagster-sigma/sigma-client";
import {
  type DocumentBuilder,
  elementOf,
  OrganizationBuilder,
  type Sandbox,
  startSandbox,
  urlIdOf,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization, withLoadEnvironment } from "../../src/index.ts";

type JsonRow = Record<string, unknown>;
/** Changes the rows of responses whose path matches. */
type Change = readonly [path: RegExp, change: (rows: JsonRow[]) => readonly unknown[]];

interface Loaded {
  readonly keys: readonly string[];
  readonly report: LoadReport | undefined;
  readonly diagnostics: readonly (readonly [code: string, name: string | null])[];
  readonly messages: readonly string[];
  /** Number of assets by outcome. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const stateDir = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-lost-rows-"));

async function start(): Promise<{
  readonly sandbox: Sandbox;
  readonly ids: ReadonlyMap<string, string>;
  load(
    how?: { readonly stateDir?: string; readonly refresh?: boolean },
    ...changes: readonly Change[]
  ): Promise<Loaded>;
}> {
  const builder = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = builder.member("Dana Doe", "dana@acme.example");
  const connection = builder.connection("Warehouse", "snowflake", owner);
  const orders = builder.table(connection, "DB.SALES.ORDERS", { ID: "number", AMOUNT: "number" });
  const fill = (document: DocumentBuilder): void => {
    document.page("Page").table("Orders", { from: orders, columns: ["Id", "Amount"] });
  };
  for (const name of ["Old Orders", "Older Orders"])
    builder.dataset("Sales", name, { owner, from: [orders] });
  for (const name of ["Orders Model", "Customers Model", "Spare Model"])
    builder.dataModel("Sales", name, { owner }, fill);
  for (const name of ["Board", "Pipeline", "Returns"]) builder.workbook("Sales", name, { owner }, fill);
  const personal = builder.dataModel("Dana Doe", "Private Model", { owner, isListed: false }, fill);
  builder.workbook("Sales", "Targets", { owner }, (book) => {
    book.page("Page").table("Orders", { from: elementOf(personal, "Orders"), columns: ["Id", "Amount"] });
  });
  const organization = builder.build();
  const sandbox = await startSandbox({ organization });
  onTestFinished(() => sandbox.close());
  const tokens: string[] = [];
  const documents = [...organization.workbooks, ...organization.dataModels, ...organization.datasets];
  return {
    sandbox,
    ids: new Map(documents.map(({ name, id }) => [name, id])),
    load: async (how = {}, ...changes) => {
      const { baseUrl, clientId, clientSecret } = sandbox;
      const clock = new ManualClock(Date.now());
      const sigma = new SigmaOrganization({
        baseUrl,
        clientId,
        clientSecret,
        clock,
        fetch: changed(tokens, changes),
      });
      const specs = await loadSigmaAssetSpecs(sigma, how);
      const report = sigma.loadReports.at(-1);
      return {
        keys: specs.map(({ key }) => key.toUserString()).sort(),
        report,
        diagnostics: (report?.diagnostics ?? []).map(({ code, object }) => [code, object?.name ?? null]),
        messages: (report?.diagnostics ?? []).map(({ message }) => message),
        counts: Object.fromEntries((report?.outcomes ?? []).map(({ what, counts }) => [what, counts])),
      };
    },
  };
}

/** @param tokens keeps the first token, because Sigma issues one a second */
function changed(tokens: string[], changes: readonly Change[]): FetchLike {
  return async (url, init) => {
    const isToken = url.endsWith("/auth/token");
    if (isToken && tokens[0] !== undefined) return answerOf(tokens[0]);
    const response = await fetch(url, { ...init, headers: { ...init.headers } });
    const text = await response.text();
    if (isToken) tokens.push(text);
    const change = changes.find(([path]) => path.test(new URL(url).pathname));
    if (change === undefined || response.status !== 200) return answerOf(text, response);
    const page = JSON.parse(text) as { readonly entries?: JsonRow[] } & JsonRow;
    const rows = change[1](page.entries ?? [page]);
    // A deleted document is not in the total, either.
    const json = page.entries === undefined ? rows[0] : { ...page, entries: rows, total: rows.length };
    return answerOf(JSON.stringify(json), response);
  };
}

function answerOf(text: string, { status, headers } = new Response()): Awaited<ReturnType<FetchLike>> {
  return { status, headers, text: () => Promise.resolve(text) };
}

const workbooks = /^\/v2\/workbooks$/;
/** Replaces the fields of the row with a name. */
const withFields =
  (name: string, fields: JsonRow) =>
  (rows: JsonRow[]): readonly unknown[] =>
    rows.map((row) => (row["name"] === name ? { ...row, ...fields } : row));

describe("a document whose row is unreadable", () => {
  it("stays as it was when a state is refreshed, and is stale until its row is readable again", async () => {
    const { load } = await start();
    const how = { stateDir: stateDir() };
    const whole = await load(how);
    const odd = withFields("Board", { workbookId: 7 });
    const kept = await load({ ...how, refresh: true }, [workbooks, odd]);
    expect(kept.keys).toEqual(whole.keys);
    expect(kept.diagnostics).toEqual([
      ["DOCUMENT_STALE", "Board"],
      ["ROW_UNREADABLE", null],
    ]);
    expect(kept.messages[1]).toContain(
      "1 row of GET /v2/workbooks cannot be used without $.workbookId: expected an id, found the number 7 in row ",
    );
    expect(kept.counts["workbook"]).toMatchObject({ complete: 3, stale: 1, unavailable: 0 });
    expect((await load({ ...how, refresh: true }, [workbooks, odd])).keys).toEqual(whole.keys);
    const again = await load({ ...how, refresh: true });
    expect([again.keys, again.diagnostics]).toEqual([whole.keys, []]);
  });

  it("is found by another id of the row, and without one it may be any document that is not listed", async () => {
    const { load, ids } = await start();
    const how = { stateDir: stateDir() };
    await load(how);
    const without = (rows: JsonRow[]): JsonRow[] => rows.filter(({ name }) => name !== "Pipeline");
    const urlId = urlIdOf(ids.get("Board") ?? "");
    const known = await load({ ...how, refresh: true }, [
      workbooks,
      (rows) => withFields("Board", { workbookId: null, workbookUrlId: urlId })(without(rows)),
    ]);
    expect(known.keys).toContain("Board");
    expect(known.keys).not.toContain("Pipeline");
    const other = { stateDir: stateDir() };
    await load(other);
    const unknown = await load({ ...other, refresh: true }, [
      workbooks,
      (rows) => withFields("Board", { workbookId: null, workbookUrlId: null })(without(rows)),
    ]);
    expect(unknown.keys).toEqual(expect.arrayContaining(["Board", "Pipeline"]));
    expect(unknown.diagnostics.filter(([code]) => code === "DOCUMENT_STALE")).toEqual([
      ["DOCUMENT_STALE", "Board"],
      ["DOCUMENT_STALE", "Pipeline"],
    ]);
    expect(unknown.messages[0]).toContain("has unreadable rows without an id");
  });

  it.each([
    ["data model", /^\/v2\/dataModels$/, "Orders Model", { dataModelId: [] }],
    ["dataset", /^\/v2\/datasets$/, "Old Orders", { datasetId: "" }],
  ] as const)("stays if it is a %s", async (_kind, path, name, fields) => {
    const { load } = await start();
    const how = { stateDir: stateDir() };
    const whole = await load(how);
    const kept = await load({ ...how, refresh: true }, [path, withFields(name, fields)]);
    expect(kept.keys).toEqual(whole.keys);
    expect(kept.diagnostics).toContainEqual(["DOCUMENT_STALE", name]);
  });

  it("stays in a refresh that fetches everything again", async () => {
    const { load } = await start();
    const how = { stateDir: stateDir() };
    const whole = await load(how);
    const kept = await withLoadEnvironment({ refresh: "full" }, () =>
      load(how, [workbooks, withFields("Board", { workbookId: 7 })]),
    );
    expect(kept.keys).toEqual(whole.keys);
    expect(kept.diagnostics).toContainEqual(["DOCUMENT_STALE", "Board"]);
  });

  it("stays if it is a data model in a personal folder, which is not listed", async () => {
    const { load, ids } = await start();
    const how = { stateDir: stateDir() };
    const whole = await load(how);
    expect(whole.keys).toContain("Private_Model");
    const path = new RegExp(`/v2/dataModels/${ids.get("Private Model")}$`);
    const kept = await load({ ...how, refresh: true }, [path, () => [{ name: "Private Model" }]]);
    expect(kept.keys).toEqual(whole.keys);
    expect(kept.diagnostics).toContainEqual(["DOCUMENT_STALE", "Private Model"]);
    const again = await load({ ...how, refresh: true });
    expect([again.keys, again.diagnostics]).toEqual([whole.keys, []]);
  });

  it("is missing in the first load, which reports and counts it", async () => {
    const { load } = await start();
    const loaded = await load({}, [workbooks, withFields("Board", { workbookId: 7 })]);
    expect(loaded.keys).not.toContain("Board");
    expect(loaded.diagnostics).toEqual([["ROW_UNREADABLE", null]]);
    expect(loaded.counts["workbook"]).toMatchObject({ complete: 3, unavailable: 1, notAsked: 0 });
  });
});

describe("odd rows of a document", () => {
  const columns = /\/v2\/workbooks\/[^/]+\/columns$/;

  it("cost only themselves, and thousands of them are one diagnostic with their number and examples", async () => {
    const { load } = await start();
    const loaded = await load({ stateDir: stateDir() }, [
      columns,
      (rows) => [...rows, ...Array.from({ length: 500 }, () => ({ ...rows[0], columnId: null }))],
    ]);
    expect(loaded.diagnostics).toEqual([["ROW_UNREADABLE", null]]);
    expect(loaded.messages[0]).toMatch(
      /^2000 rows of GET \/v2\/workbooks\/\{id\}\/columns .* found null in row \d+ of the workbook "\w+", .* \(2000 in total\)\./,
    );
    expect(loaded.counts["column"]).toMatchObject((await load()).counts["column"] ?? {});
  });

  it("are reported again by a refresh that does not fetch the document, and name their only document", async () => {
    const { load, ids } = await start();
    const how = { stateDir: stateDir() };
    const ofBoard = new RegExp(`${ids.get("Board")}/columns$`);
    const first = await load(how, [ofBoard, (rows) => rows.map((row) => ({ ...row, formula: 3 }))]);
    expect(first.diagnostics).toEqual([["FIELD_UNREADABLE", "Board"]]);
    expect((await load({ ...how, refresh: true })).messages).toEqual(first.messages);
    expect((await load(how)).messages).toEqual(first.messages);
  });

  it("with fields that nothing reads have no effect", async () => {
    const { load } = await start();
    const loaded = await load({}, [
      workbooks,
      (rows) => rows.map((row) => ({ ...row, createdBy: 1, news: {} })),
    ]);
    expect([loaded.keys, loaded.diagnostics]).toEqual([(await load()).keys, []]);
  });
});
