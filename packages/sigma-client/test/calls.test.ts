import { ManualClock } from "@dagster-sigma/foundation";
import {
  buildSampleCompany,
  type Fault,
  type Sandbox,
  startSandbox,
  tooManyRequests,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { SigmaClient, type SigmaClientOptions } from "../src/index.ts";

async function start(options: Partial<SigmaClientOptions> = {}): Promise<{
  readonly sandbox: Sandbox;
  readonly client: SigmaClient;
  readonly clock: ManualClock;
  readonly id: string;
}> {
  const clock = new ManualClock();
  const sandbox = await startSandbox({ organization: buildSampleCompany(), delayMs: 1 });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const client = new SigmaClient({ baseUrl, clientId, clientSecret, clock, random: () => 0.5, ...options });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  const id = sandbox.organization.workbooks[0]?.id ?? "";
  return { sandbox, client, clock, id };
}

const status = (code: number, sigmaCode?: string): Fault => ({
  kind: "status",
  status: code,
  ...(sigmaCode === undefined ? {} : { code: sigmaCode }),
});

describe("a call to a sandbox with faults", () => {
  it.each([
    ["429 without Retry-After", tooManyRequests()],
    ["429 with seconds", tooManyRequests("3")],
    ["503", status(503)],
    ["502", status(502)],
    ["408", status(408)],
    ["402 timedout", status(402, "timedout")],
    ["a dropped connection", { kind: "drop" } as const],
  ])("succeeds after two times %s", async (_what, fault) => {
    const { sandbox, client } = await start();
    sandbox.faults.add({ route: "/v2/workbooks", times: 2, fault });
    const rows = await client.workbooks.list().toArray();
    expect(rows).toHaveLength(36);
    expect(client.counts).toMatchObject({ requests: 4, retries: 2 });
  });

  it("waits for Retry-After plus jitter", async () => {
    const { sandbox, client, clock } = await start();
    sandbox.faults.add({ route: "/v2/whoami", times: 1, fault: tooManyRequests("3") });
    await client.whoami();
    expect(clock.slept).toContain(3_500);
  });

  it.each([
    [403, "SigmaPermissionError", "SIGMA_PERMISSION", 1],
    [404, "SigmaNotFoundError", "SIGMA_NOT_FOUND", 1],
    [410, "SigmaNotFoundError", "SIGMA_NOT_FOUND", 1],
    [409, "SigmaApiError", "SIGMA_REQUEST", 1],
    [400, "SigmaApiError", "SIGMA_REQUEST", 1],
    [429, "SigmaRateLimitError", "SIGMA_RATE_LIMIT", 6],
    [503, "SigmaServerError", "SIGMA_SERVER", 6],
    [500, "SigmaServerError", "SIGMA_SERVER", 2],
  ])("fails on %i with a %s after %i attempts", async (code, name, errorCode, tries) => {
    const { sandbox, client, id } = await start();
    const route = "/v2/workbooks/{workbookId}/lineage";
    sandbox.faults.add({ route, fault: { ...status(code, "some_code"), message: "Because." } as Fault });
    const failure = client.workbooks.lineage(id).toArray();
    await expect(failure).rejects.toMatchObject({
      name,
      code: errorCode,
      status: code,
      sigmaCode: "some_code",
      tries,
      endpoint: `GET /v2/workbooks/${id}/lineage`,
      message: expect.stringContaining('"Because."'),
    });
    expect(sandbox.log.counts[`GET ${route}`]).toBe(tries);
  });

  it("requests the lineage of an element once: Sigma returns 500 for an element without lineage", async () => {
    const { sandbox, client, id } = await start();
    const route = "/v2/workbooks/{workbookId}/lineage/elements/{elementId}";
    sandbox.faults.add({ route, fault: status(500) });
    await expect(client.workbooks.elementLineage(id, "e")).rejects.toMatchObject({ status: 500 });
    expect(sandbox.log.counts[`GET ${route}`]).toBe(1);
  });

  it("recognizes a route that the organization does not offer", async () => {
    const { client } = await start();
    await expect(client.reports.list().toArray()).rejects.toMatchObject({ status: 404, routeMissing: true });
    await expect(client.workbooks.get("nothing")).rejects.toMatchObject({ status: 404, routeMissing: false });
  });

  it("starts a materialization only once, even if the response is lost", async () => {
    const { sandbox, client } = await start();
    const workbook = sandbox.organization.workbooks.find(({ content }) => content.schedules.length > 0);
    const sheetId = workbook?.content.schedules[0]?.element.sheetId ?? "";
    sandbox.faults.add({
      route: "/v2/workbooks/{workbookId}/materializations",
      times: 1,
      fault: { kind: "drop" },
    });
    const materialize = (): Promise<unknown> =>
      client.workbooks.startMaterialization(workbook?.id ?? "", sheetId);
    await expect(materialize()).rejects.toMatchObject({ code: "SIGMA_CONNECTION", tries: 1 });
    await expect(materialize()).resolves.toMatchObject({ materializationId: expect.any(String) });
  });

  it("returns the state of a materialization until it has ended", async () => {
    const { sandbox, client } = await start();
    const model = sandbox.organization.dataModels.find(({ content }) => content.schedules.length > 0);
    const [schedule] = await client.dataModels.materializationSchedules(model?.id ?? "").toArray();
    const started = await client.dataModels.startMaterialization(model?.id ?? "", schedule?.sheetId ?? "");
    const look = async (): Promise<string> =>
      (await client.dataModels.materialization(model?.id ?? "", started.materializationId)).status;
    expect([await look(), await look(), await look()]).toEqual(["pending", "building", "ready"]);
  });
});
