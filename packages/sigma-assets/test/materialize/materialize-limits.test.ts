import { describe, expect, it, vi } from "vitest";
import {
  type MaterializeDocumentResult,
  type MaterializeOptions,
  type MaterializeProgress,
  materializeDocument,
} from "../../src/index.ts";
import { startScheduledCompany, startsBySheet } from "./scheduled-company.ts";

const quick: MaterializeOptions = { firstPollMs: 2, maxPollMs: 10 };
const statusRoute = "/v2/workbooks/{workbookId}/materializations/{materializationId}";

function outcomes({ sheets }: MaterializeDocumentResult): readonly string[] {
  return sheets.map(({ outcome, problem }) => (problem === null ? outcome : `${outcome} ${problem.code}`));
}

describe("limits", () => {
  it("keep at most 4 sheets in progress by default", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [12] });
    sandbox.materializations.addRule({ durationMs: 40 });
    const events: MaterializeProgress[] = [];
    await materializeDocument(client, workbook, { ...quick, onProgress: (event) => events.push(event) });
    let running = 0;
    let most = 0;
    for (const { step } of events) {
      if (step === "started") running++;
      if (step === "ended") running--;
      most = Math.max(most, running);
    }
    expect(most).toBe(4);
    expect(startsBySheet(sandbox)).toEqual(Array.from({ length: 12 }, () => 1));
  });

  it("end waiting for a sheet that does not end, and start the next one", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany();
    sandbox.materializations.addRule({
      times: 1,
      durationMs: Number.POSITIVE_INFINITY,
      runsAs: "waiting_for_slot",
    });
    const result = await materializeDocument(client, workbook, {
      ...quick,
      concurrency: 1,
      sheetTimeoutMs: 150,
    });
    expect(outcomes(result)).toEqual(["timedOut MATERIALIZATION_TIMED_OUT", "ready"]);
    expect(result.outcome).toBe("timedOut");
    expect(result.sheets[0]?.problem?.message).toContain('its last status is "waiting_for_slot"');
  });

  it("of the whole time report what was not started", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [3] });
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const result = await materializeDocument(client, workbook, { ...quick, concurrency: 1, timeoutMs: 100 });
    expect(outcomes(result)).toEqual(["timedOut MATERIALIZATION_TIMED_OUT", "notStarted", "notStarted"]);
    expect(result.outcome).toBe("timedOut");
    expect(sandbox.materializations.started).toHaveLength(1);
  });

  it("must be valid", async () => {
    const { client, workbook, sandbox } = await startScheduledCompany();
    for (const options of [
      { concurrency: 0 },
      { concurrency: 1.5 },
      { sheetTimeoutMs: 0 },
      { timeoutMs: Number.NaN },
    ])
      await expect(materializeDocument(client, workbook, options)).rejects.toMatchObject({
        code: "MATERIALIZE_OPTION_INVALID",
      });
    expect(sandbox.log.requests).toEqual([]);
  });
});

describe("an aborted signal", () => {
  it("stops waiting, and the result says what Sigma goes on with", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [3] });
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const stop = new AbortController();
    const result = await materializeDocument(client, workbook, {
      ...quick,
      concurrency: 2,
      signal: stop.signal,
      onProgress: ({ status }) => (status === "building" || status === "pending" ? stop.abort() : undefined),
    });
    expect(result.outcome).toBe("cancelled");
    expect(outcomes(result)).toEqual(["stopped WAITING_STOPPED", "stopped WAITING_STOPPED", "notStarted"]);
    expect(result.sheets[0]?.materializationId).not.toBeNull();
    expect(sandbox.materializations.started).toHaveLength(2);
  });

  it("waits for the response to a start in flight, which has the only id", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany({ workbooks: [1], delayMs: 40 });
    const stop = new AbortController();
    const startMaterialization = client.workbooks.startMaterialization.bind(client.workbooks);
    vi.spyOn(client.workbooks, "startMaterialization").mockImplementation((id, sheetId, options) => {
      setTimeout(() => stop.abort(), 20);
      return startMaterialization(id, sheetId, options);
    });
    const result = await materializeDocument(client, workbook, { ...quick, signal: stop.signal });
    expect(outcomes(result)).toEqual(["stopped WAITING_STOPPED"]);
    expect(result.sheets[0]?.materializationId).toBe(sandbox.materializations.started[0]?.materializationId);
  });

  it("rejects with its reason if it was aborted before the first call", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany();
    const reason = new Error("not now");
    await expect(materializeDocument(client, workbook, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(sandbox.materializations.started).toEqual([]);
  });
});

describe("progress", () => {
  it("reports start, changed statuses and the end of each sheet", async () => {
    const { client, workbook } = await startScheduledCompany({ workbooks: [1] });
    const steps: string[] = [];
    await materializeDocument(client, workbook, {
      ...quick,
      onProgress: ({ step, status, result }) => steps.push(`${step} ${status} ${result?.outcome ?? "-"}`),
    });
    expect(steps).toEqual(["started null -", "status pending -", "status building -", "ended ready ready"]);
  });

  it("continues if the listener fails", async () => {
    const { client, workbook } = await startScheduledCompany();
    const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const onProgress = vi.fn(() => {
      throw new Error("a broken listener");
    });
    const { outcome } = await materializeDocument(client, workbook, { ...quick, onProgress });
    expect(outcome).toBe("ready");
    expect(onProgress).toHaveBeenCalledTimes(1);
    expect(warning).toHaveBeenCalledTimes(1);
    warning.mockRestore();
  });

  it("is one step per sheet without waiting", async () => {
    const { client, sandbox, workbook } = await startScheduledCompany();
    const result = await materializeDocument(client, workbook, { wait: false });
    expect(result.outcome).toBe("started");
    expect(outcomes(result)).toEqual(["started", "started"]);
    expect(sandbox.log.counts[`GET ${statusRoute}`]).toBeUndefined();
  });
});
