import type { FaultRule, MaterializationRule } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import {
  type MaterializeDocumentResult,
  type MaterializeOptions,
  materializeDocument,
} from "../../src/index.ts";
import { startScheduledCompany, startsBySheet } from "./scheduled-company.ts";

const quick: MaterializeOptions = { firstPollMs: 2, maxPollMs: 10 };
const startRoute = "/v2/workbooks/{workbookId}/materializations";
const statusRoute = "/v2/workbooks/{workbookId}/materializations/{materializationId}";
const forbidden = { kind: "status", status: 403, code: "forbidden", message: "No edit access" } as const;
const gatewayError = { kind: "status", status: 502, code: "bad_gateway" } as const;

function outcomes({ sheets }: MaterializeDocumentResult): readonly string[] {
  return sheets.map(({ outcome, problem }) => (problem === null ? outcome : `${outcome} ${problem.code}`));
}

describe("materializeDocument", () => {
  it("materializes all scheduled elements of a workbook, each once", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [3] });
    const result = await materializeDocument(client, workbook, quick);
    expect(result.outcome).toBe("ready");
    expect(result.sheets.map(({ sheet }) => sheet.elementName)).toEqual(["Sheet 1", "Sheet 2", "Sheet 3"]);
    expect(startsBySheet(sandbox)).toEqual([1, 1, 1]);
    const started = sandbox.materializations.started.map(({ materializationId }) => materializationId);
    expect(result.sheets.map(({ materializationId }) => materializationId).sort()).toEqual(
      [...started].sort(),
    );
    for (const sheet of result.sheets)
      expect(sheet).toMatchObject({
        outcome: "ready",
        status: "ready",
        startedAt: expect.stringMatching(/Z$/),
        readyAt: expect.stringMatching(/Z$/),
        problem: null,
      });
  });

  it("materializes a data model by its own routes", async () => {
    const { client, sandbox, organization } = await startScheduledCompany({ dataModels: [2] });
    const id = organization.dataModels[0]?.id ?? "";
    const result = await materializeDocument(client, { type: "dataModel", id }, quick);
    expect(outcomes(result)).toEqual(["ready", "ready"]);
    expect(sandbox.log.counts["POST /v2/dataModels/{dataModelId}:materialize"]).toBe(2);
    expect(sandbox.log.counts[`POST ${startRoute}`]).toBeUndefined();
  });

  it("has a data version that the materializations determine, and another one after the next run", async () => {
    const { client, workbook } = await startScheduledCompany();
    const first = await materializeDocument(client, workbook, quick);
    const second = await materializeDocument(client, workbook, quick);
    expect(first.dataVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(second.dataVersion).not.toBe(first.dataVersion);
  });

  it("starts a paused schedule, and says that it is paused", async () => {
    const { client, workbook } = await startScheduledCompany({ workbooks: [1], paused: true });
    const { outcome, sheets } = await materializeDocument(client, workbook, quick);
    expect(outcome).toBe("ready");
    expect(sheets[0]?.sheet.isPaused).toBe(true);
  });

  it("starts a sheet with several schedules once", async () => {
    const { client, sandbox, workbook, organization } = await startScheduledCompany({ workbooks: [1] });
    const content = organization.workbooks[0]?.content;
    const [schedule] = content?.schedules ?? [];
    const schedules = [schedule, { ...schedule, cronSpec: "0 9 * * *", paused: true }];
    Object.defineProperty(organization.workbooks[0], "content", { value: { ...content, schedules } });
    sandbox.organizationChanged();
    const { sheets } = await materializeDocument(client, workbook, quick);
    expect(sheets).toMatchObject([{ outcome: "ready", sheet: { isPaused: false } }]);
    expect(startsBySheet(sandbox)).toEqual([1]);
  });
});

describe("the choice of elements", () => {
  it("takes the name or the id of an element, or the id of a sheet", async () => {
    const { client, sandbox, workbook, organization } = await startScheduledCompany({ workbooks: [4] });
    const elements = organization.workbooks[0]?.content.schedules.map(({ element }) => element) ?? [];
    const { sheets } = await materializeDocument(client, workbook, {
      ...quick,
      elements: [elements[2]?.id ?? "", "sheet 1", elements[0]?.sheetId ?? ""],
    });
    expect(sheets.map(({ sheet }) => sheet.elementName)).toEqual(["Sheet 1", "Sheet 3"]);
    expect(startsBySheet(sandbox)).toEqual([1, 1]);
  });

  it("fails for an element without a schedule, names those that have one, and starts nothing", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany();
    const call = materializeDocument(client, workbook, { ...quick, elements: ["Sheet 1", "Live"] });
    await expect(call).rejects.toMatchObject({
      code: "ELEMENT_NOT_SCHEDULED",
      message: expect.stringContaining('"Live"'),
      hint: expect.stringContaining('"Sheet 2"'),
    });
    expect(sandbox.materializations.started).toEqual([]);
  });

  it("fails for a name that several elements have, and names their ids", async () => {
    const { client, sandbox, workbook, organization } = await startScheduledCompany();
    const content = organization.workbooks[0]?.content;
    const schedules = content?.schedules.map((one) => ({
      ...one,
      element: { ...one.element, name: "Same" },
    }));
    Object.defineProperty(organization.workbooks[0], "content", { value: { ...content, schedules } });
    sandbox.organizationChanged();
    await expect(materializeDocument(client, workbook, { elements: ["Same"] })).rejects.toMatchObject({
      code: "ELEMENT_AMBIGUOUS",
      hint: expect.stringContaining(schedules?.[1]?.element.id ?? "?"),
    });
  });

  it("fails for a document without schedules, and says how to create one", async () => {
    const { client, workbook } = await startScheduledCompany({ workbooks: [0] });
    await expect(materializeDocument(client, workbook)).rejects.toMatchObject({
      code: "NO_MATERIALIZATION_SCHEDULE",
      message: expect.stringContaining('"Workbook 1"'),
      hint: expect.stringMatching(/In Sigma/),
    });
  });

  it("cannot start a schedule without the id of its sheet, and says so", async () => {
    const { client, sandbox, workbook, organization } = await startScheduledCompany();
    const content = organization.workbooks[0]?.content;
    const schedules = content?.schedules.map((one, index) =>
      index === 0 ? { ...one, isByNameOnly: true } : one,
    );
    Object.defineProperty(organization.workbooks[0], "content", { value: { ...content, schedules } });
    sandbox.organizationChanged();
    const result = await materializeDocument(client, workbook, quick);
    expect(outcomes(result)).toEqual(["failed SHEET_ID_MISSING", "ready"]);
    expect(result.outcome).toBe("partlyFailed");
  });
});

describe("a start", () => {
  const cases: readonly (readonly [string, Omit<FaultRule, "route">, string, number])[] = [
    [
      "is refused with 400",
      { fault: { kind: "status", status: 400, message: "Bad sheet" } },
      "failed START_REFUSED",
      0,
    ],
    ["is refused with 403", { fault: forbidden }, "failed START_REFUSED", 0],
    ["succeeds after 429", { times: 2, fault: { kind: "status", status: 429 } }, "ready", 1],
    [
      "is unknown after 500",
      { times: 1, fault: { kind: "status", status: 500 } },
      "unknown START_UNKNOWN",
      0,
    ],
    [
      "is unknown after 500 although it took effect",
      { times: 1, afterEffect: true, fault: gatewayError },
      "unknown START_UNKNOWN",
      1,
    ],
    [
      "is unknown if the connection drops before",
      { times: 1, fault: { kind: "drop" } },
      "unknown START_UNKNOWN",
      0,
    ],
    [
      "is unknown if the connection drops after",
      { times: 1, afterEffect: true, fault: { kind: "drop" } },
      "unknown START_UNKNOWN",
      1,
    ],
    ["is unknown if the response is cut", { times: 1, fault: { kind: "cut" } }, "unknown START_UNKNOWN", 1],
    [
      "is unknown if a gateway replaces the response",
      { times: 1, afterEffect: true, fault: { kind: "html" } },
      "unknown START_UNKNOWN",
      1,
    ],
    [
      "is unknown if the response is empty",
      { times: 1, afterEffect: true, fault: { kind: "empty" } },
      "unknown START_UNKNOWN",
      1,
    ],
  ];

  it.each(cases)("%s, and is never repeated", async (_title, rule, expected, started) => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.faults.add({ route: startRoute, ...rule });
    const result = await materializeDocument(client, workbook, quick);
    expect(outcomes(result)).toEqual([expected]);
    expect(sandbox.materializations.started).toHaveLength(started);
    const requests = sandbox.log.counts[`POST ${startRoute}`];
    expect(requests).toBe((rule.fault.kind === "status" && rule.fault.status === 429 ? 2 : 0) + 1);
  });

  it("reports Sigma's own words, and a missing permission with its advice", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.faults.add({ route: startRoute, fault: forbidden });
    const { sheets } = await materializeDocument(client, workbook, quick);
    expect(sheets[0]?.problem?.message).toContain("No edit access");
    expect(sheets[0]?.problem?.hint).toContain("grant it in Sigma");
  });

  it("is refused, not unknown, if the sign-in before it fails", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    await client.workbooks.list().toArray();
    sandbox.faults.add({ route: startRoute, times: 1, fault: { kind: "status", status: 401 } });
    sandbox.faults.add({ route: "/v2/auth/token", fault: { kind: "status", status: 500 } });
    const result = await materializeDocument(client, workbook, quick);
    expect(outcomes(result)).toEqual(["failed START_REFUSED"]);
    expect(sandbox.materializations.started).toEqual([]);
  });
});

describe("the end of a materialization", () => {
  const cases: readonly (readonly [MaterializationRule, string, string | null])[] = [
    [{ endsAs: "READY" }, "ready", null],
    [
      { endsAs: "failed", error: "Warehouse suspended" },
      "failed MATERIALIZATION_FAILED",
      "Warehouse suspended",
    ],
    [{ endsAs: "FAILED" }, "failed MATERIALIZATION_FAILED", "gave no reason"],
    [{ endsAs: "expired" }, "expired MATERIALIZATION_FAILED", "expired"],
    [{ endsAs: "canceled" }, "canceled MATERIALIZATION_FAILED", "was canceled"],
    [{ endsAs: "skipped" }, "skipped MATERIALIZATION_FAILED", "was skipped"],
  ];

  it.each(cases)("%j is reported as %s", async (rule, expected, words) => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.materializations.addRule(rule);
    const result = await materializeDocument(client, workbook, quick);
    expect(outcomes(result)).toEqual([expected]);
    expect(result.dataVersion === null).toBe(expected !== "ready");
    if (words !== null) expect(result.sheets[0]?.problem?.message).toContain(words);
  });

  it("is ready if it expired after it was ready", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.materializations.addRule({ endsAs: "expired", wasReady: true });
    expect(outcomes(await materializeDocument(client, workbook, quick))).toEqual(["ready"]);
  });

  it("partly fails if one of two elements fails", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany();
    sandbox.materializations.addRule({ endsAs: "failed", times: 1 });
    const result = await materializeDocument(client, workbook, quick);
    expect(result.outcome).toBe("partlyFailed");
    expect(result.sheets.filter(({ outcome }) => outcome === "ready")).toHaveLength(1);
    expect(result.dataVersion).not.toBeNull();
  });

  it.each([
    ["404", { kind: "status", status: 404 }],
    ["429", { kind: "status", status: 429 }],
    ["500", { kind: "status", status: 500 }],
    ["a lost connection", { kind: "drop" }],
    ["HTML", { kind: "html" }],
  ] as const)("is found although requests for the status get %s for a while", async (_name, fault) => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.faults.add({ route: statusRoute, times: 10, fault });
    expect(outcomes(await materializeDocument(client, workbook, quick))).toEqual(["ready"]);
  });

  it("is unknown if the status cannot be fetched for too long", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.faults.add({ route: statusRoute, fault: { kind: "status", status: 404 } });
    const result = await materializeDocument(client, workbook, { ...quick, maxStatusFailureMs: 50 });
    expect(outcomes(result)).toEqual(["unknown STATUS_UNAVAILABLE"]);
    expect(result.outcome).toBe("unknown");
    expect(sandbox.log.counts[`GET ${statusRoute}`]).toBeGreaterThan(2);
  });

  it("is unknown at once without the permission to fetch the status", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1] });
    sandbox.faults.add({ route: statusRoute, fault: forbidden });
    expect(outcomes(await materializeDocument(client, workbook, quick))).toEqual([
      "unknown STATUS_UNAVAILABLE",
    ]);
    expect(sandbox.log.counts[`GET ${statusRoute}`]).toBe(1);
  });
});
