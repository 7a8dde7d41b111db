import { ManualClock } from "@dagster-sigma/foundation";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  buildSampleCompany,
  elementsOf,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  tooManyRequests,
} from "../src/index.ts";

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ organization: buildSampleCompany(), ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function signIn(sandbox: Sandbox, grant: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { clientId, clientSecret } = sandbox;
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    ...grant,
  };
  return await fetch(`${sandbox.baseUrl}/v2/auth/token`, { method: "POST", body: new URLSearchParams(form) });
}

/** Requests a path below `/v2/` with a new token. */
async function ask(
  sandbox: Sandbox,
  token: string,
  path: string,
): Promise<{ status: number; json: Answer; headers: Headers }> {
  const response = await fetch(`${sandbox.baseUrl}/v2/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, json: (await response.json()) as Answer, headers: response.headers };
}

interface Answer {
  readonly access_token: string;
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  readonly nextPage: string | null;
  readonly nextPageToken?: string;
  readonly total: number;
  readonly code: string;
  readonly requestId: string;
}

const tokenOf = async (response: Response): Promise<string> =>
  ((await response.json()) as Answer).access_token;

describe("the sandbox", () => {
  it("accepts credentials in the form body or as HTTP Basic, once per second", async () => {
    const clock = new ManualClock();
    const sandbox = await start({ clock });
    expect((await signIn(sandbox)).status).toBe(200);
    expect((await signIn(sandbox)).status).toBe(429);
    clock.advance(1_000);
    const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString("base64");
    const response = await fetch(`${sandbox.baseUrl}/v2/auth/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    expect(response.status).toBe(200);
    clock.advance(1_000);
    expect((await signIn(sandbox, { client_secret: "wrong" })).status).toBe(401);
  });

  it("rejects missing, invalid and expired tokens like Sigma", async () => {
    const clock = new ManualClock();
    const sandbox = await start({ clock, tokenLifetimeMs: 60_000 });
    const token = await tokenOf(await signIn(sandbox));
    expect((await ask(sandbox, token, "whoami")).status).toBe(200);
    expect(await ask(sandbox, "made up", "whoami")).toMatchObject({
      status: 401,
      json: { code: "unauthorized", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    clock.advance(60_000);
    expect((await ask(sandbox, token, "whoami")).status).toBe(401);
  });

  it("supports both paging styles, with numeric and opaque cursors", async () => {
    const sandbox = await start({ maxPageSize: 7 });
    const token = await tokenOf(await signIn(sandbox));
    const first = await ask(sandbox, token, "workbooks?limit=1000");
    expect(first.json).toMatchObject({ nextPage: "7", total: 36 });
    expect(first.json.entries).toHaveLength(7);
    const last = await ask(sandbox, token, "workbooks?limit=1000&page=35");
    expect(last.json.entries).toHaveLength(1);
    expect(last.json.nextPage).toBeNull();
    const explorer = sandbox.organization.workbooks.find(({ name }) => name === "Orders Explorer");
    const columns = await ask(sandbox, token, `workbooks/${explorer?.id}/columns`);
    expect(columns.json.nextPage).toMatch(/^\D/);
    const wide = sandbox.organization.tables.find(({ columns: all }) => all.length === 7);
    const tableColumns = await ask(sandbox, token, `connections/tables/${wide?.id}/columns?pageSize=4`);
    expect(tableColumns.json.nextPageToken).toEqual(expect.any(String));
    const rest = await ask(
      sandbox,
      token,
      `connections/tables/${wide?.id}/columns?pageToken=${tableColumns.json.nextPageToken}`,
    );
    expect(rest.json).not.toHaveProperty("nextPageToken");
    expect([...tableColumns.json.entries, ...rest.json.entries]).toHaveLength(7);
  });

  it.each(["limit=0", "limit=1001", "limit=x", "page=x", "page=-1"])("rejects %s", async (query) => {
    const sandbox = await start();
    const token = await tokenOf(await signIn(sandbox));
    expect(await ask(sandbox, token, `workbooks?${query}`)).toMatchObject({
      status: 400,
      json: { code: "invalid_request" },
    });
  });

  it("returns 50 rows by default", async () => {
    const sandbox = await start();
    const token = await tokenOf(await signIn(sandbox));
    const paths = await ask(
      sandbox,
      token,
      "files?typeFilters=table&typeFilters=workbook&typeFilters=folder",
    );
    expect(paths.json.entries).toHaveLength(50);
    expect(paths.json.total).toBeGreaterThan(50);
  });

  it("lists archived workbooks only on request, and returns personal models only by id", async () => {
    const sandbox = await start();
    const token = await tokenOf(await signIn(sandbox));
    const names = async (path: string): Promise<readonly unknown[]> =>
      (await ask(sandbox, token, path)).json.entries.map(({ name }) => name);
    expect(await names("workbooks")).not.toContain("Old KPI Wall");
    expect(await names("workbooks?isArchived=true")).toEqual(["Old KPI Wall"]);
    expect(await names("dataModels")).not.toContain("Margin Draft");
    const draft = sandbox.organization.dataModels.find(({ name }) => name === "Margin Draft");
    expect((await ask(sandbox, token, `dataModels/${draft?.id}`)).status).toBe(200);
    expect(await names("files?typeFilters=table")).not.toContain("EMPLOYEES");
  });

  it("returns Sigma's errors for objects without lineage", async () => {
    const sandbox = await start();
    const token = await tokenOf(await signIn(sandbox));
    const rules = sandbox.organization.workbooks.find(({ name }) => name === "House Rules");
    const [text, image] = rules === undefined ? [] : elementsOf(rules);
    const status = async (path: string): Promise<number> => (await ask(sandbox, token, path)).status;
    expect(await status(`workbooks/${rules?.id}/lineage`)).toBe(400);
    expect(await status(`workbooks/${rules?.id}/lineage/elements/${text?.id}`)).toBe(500);
    expect(await status(`workbooks/${rules?.id}/lineage/elements/${image?.id}`)).toBe(400);
    expect(await status(`workbooks/${rules?.id}/elements/${text?.id}/query`)).toBe(404);
    const promotions = sandbox.organization.datasets.find(({ isArchived }) => isArchived);
    expect(await ask(sandbox, token, `datasets/${promotions?.id}/sources`)).toMatchObject({
      status: 409,
      json: { code: "inode_archived" },
    });
    expect(await status(`datasets/${sandbox.organization.datasets[0]?.id}/sources?limit=5`)).toBe(400);
    expect((await ask(sandbox, token, "reports")).headers.get("errorcause")).toBe("UnmatchedHandler");
  });

  it("applies faults, and counts requests", async () => {
    const sandbox = await start();
    const token = await tokenOf(await signIn(sandbox));
    sandbox.faults.add({ route: "/v2/workbooks", times: 1, fault: tooManyRequests("7") });
    sandbox.faults.add({ route: "/v2/whoami", times: 1, fault: { kind: "drop" } });
    const limited = await ask(sandbox, token, "workbooks");
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "7"]);
    await expect(ask(sandbox, token, "whoami")).rejects.toThrow();
    expect((await ask(sandbox, token, "workbooks")).status).toBe(200);
    sandbox.faults.add({
      path: sandbox.organization.workbooks[0]?.id ?? "",
      fault: { kind: "status", status: 403 },
    });
    expect((await ask(sandbox, token, `workbooks/${sandbox.organization.workbooks[0]?.id}`)).status).toBe(
      403,
    );
    expect((await ask(sandbox, token, `workbooks/${sandbox.organization.workbooks[1]?.id}`)).status).toBe(
      200,
    );
    sandbox.faults.clear();
    expect((await ask(sandbox, token, `workbooks/${sandbox.organization.workbooks[0]?.id}`)).status).toBe(
      200,
    );
    expect(sandbox.log.counts).toEqual({
      "POST /v2/auth/token": 1,
      "GET /v2/workbooks": 2,
      "GET /v2/whoami": 1,
      "GET /v2/workbooks/{workbookId}": 3,
    });
  });

  it("rejects requests above requestsPerSecond, and answers again in the next second", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const sandbox = await start({ requestsPerSecond: 3 });
    const token = await tokenOf(await signIn(sandbox));
    const statuses = async (count: number): Promise<readonly number[]> =>
      (await Promise.all(Array.from({ length: count }, () => ask(sandbox, token, "whoami")))).map(
        ({ status }) => status,
      );
    expect((await statuses(5)).toSorted()).toEqual([200, 200, 200, 429, 429]);
    vi.advanceTimersByTime(999);
    expect(await statuses(1)).toEqual([429]);
    vi.advanceTimersByTime(1);
    expect((await statuses(4)).toSorted()).toEqual([200, 200, 200, 429]);
  });

  it("counts the maximum number of requests in flight", async () => {
    const sandbox = await start({ delayMs: 20 });
    const token = await tokenOf(await signIn(sandbox));
    await ask(sandbox, token, "whoami");
    await ask(sandbox, token, "whoami");
    expect(sandbox.log.maxInFlight).toBe(1);
    await Promise.all(Array.from({ length: 4 }, () => ask(sandbox, token, "whoami")));
    expect(sandbox.log.maxInFlight).toBe(4);
    sandbox.log.clear();
    await ask(sandbox, token, "whoami");
    expect(sandbox.log.maxInFlight).toBe(1);
  });

  it("applies a fault to a share of the requests, independent of other requests", async () => {
    const met = async (others: number): Promise<readonly number[]> => {
      const sandbox = await start();
      const token = await tokenOf(await signIn(sandbox));
      const fault = { kind: "status", status: 503 } as const;
      sandbox.faults.add({ route: "/v2/whoami", share: 0.5, seed: "s", fault });
      const statuses: number[] = [];
      for (let time = 0; time < 20; time++) {
        for (let other = 0; other < others; other++) await ask(sandbox, token, "workbooks?limit=1");
        statuses.push((await ask(sandbox, token, "whoami")).status);
      }
      return statuses;
    };
    const alone = await met(0);
    expect(alone.filter((status) => status === 503).length).toBeGreaterThan(3);
    expect(alone.filter((status) => status === 200).length).toBeGreaterThan(3);
    expect(await met(1)).toEqual(alone);
  });
});
