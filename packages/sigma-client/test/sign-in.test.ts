import { ManualClock } from "@dagster-sigma/foundation";
import {
  buildSampleCompany,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { SigmaAuthenticationError, SigmaClient, type SigmaClientOptions } from "../src/index.ts";

async function start(
  options: Partial<SandboxOptions> = {},
  clientOptions: Partial<SigmaClientOptions> = {},
): Promise<{ readonly sandbox: Sandbox; readonly client: SigmaClient; readonly clock: ManualClock }> {
  const clock = new ManualClock();
  const sandbox = await startSandbox({ organization: buildSampleCompany(), clock, ...options });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const client = new SigmaClient({
    baseUrl,
    clientId,
    clientSecret,
    clock,
    random: () => 0,
    ...clientOptions,
  });
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  return { sandbox, client, clock };
}

const tokenCalls = (sandbox: Sandbox): number => sandbox.log.counts["POST /v2/auth/token"] ?? 0;

describe("sign-in", () => {
  it("requests one token for all waiting calls", async () => {
    const { sandbox, client } = await start();
    await Promise.all(Array.from({ length: 20 }, () => client.whoami()));
    expect(tokenCalls(sandbox)).toBe(1);
    expect(sandbox.log.counts["GET /v2/whoami"]).toBe(20);
  });

  it("renews a token before it expires, with the refresh token", async () => {
    const { sandbox, client, clock } = await start();
    await client.whoami();
    clock.advance(3_599_000 - 300_000);
    await client.whoami();
    expect(tokenCalls(sandbox)).toBe(2);
    expect(sandbox.log.requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  it("falls back to the client credentials if the refresh token is rejected", async () => {
    const { sandbox, client, clock } = await start();
    await client.whoami();
    sandbox.revokeTokens();
    clock.advance(3_600_000);
    await client.whoami();
    expect(sandbox.log.requests.map(({ route, status }) => `${route} ${status}`)).toEqual([
      "/v2/auth/token 200",
      "/v2/whoami 200",
      "/v2/auth/token 401",
      "/v2/auth/token 200",
      "/v2/whoami 200",
    ]);
  });

  it("requests one new token for all calls when Sigma rejects the current one", async () => {
    const { sandbox, client } = await start();
    await client.whoami();
    sandbox.revokeTokens();
    await Promise.all(Array.from({ length: 12 }, () => client.whoami()));
    expect(tokenCalls(sandbox)).toBe(2);
  });

  it("fails after three new tokens with an error that names credentials and region", async () => {
    const { sandbox, client } = await start();
    sandbox.faults.add({ route: "/v2/whoami", fault: { kind: "status", status: 401, code: "unauthorized" } });
    const failure = client.whoami();
    await expect(failure).rejects.toBeInstanceOf(SigmaAuthenticationError);
    await expect(failure).rejects.toMatchObject({
      code: "SIGMA_AUTHENTICATION",
      status: 401,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      message: expect.stringContaining("client id and secret"),
      hint: expect.stringMatching(/secret is wrong.*another region than http:\/\/127/),
    });
    expect(tokenCalls(sandbox)).toBe(4);
    expect(sandbox.log.counts["GET /v2/whoami"]).toBe(4);
  });

  it("fails with the same error for a wrong secret, without retries", async () => {
    const { sandbox, client } = await start({}, { clientSecret: "wrong" });
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_AUTHENTICATION" });
    expect(tokenCalls(sandbox)).toBe(1);
  });

  it("does not reduce the rate of other calls after a 429", async () => {
    const { sandbox, client, clock } = await start();
    sandbox.faults.add({
      route: "/v2/auth/token",
      fault: { kind: "status", status: 429, code: "rate_limit_exceeded" },
      times: 1,
    });
    const startedMs = clock.now();
    for (let call = 0; call < 60; call++) await client.whoami();
    expect(clock.now() - startedMs).toBeLessThan(4_000);
  });

  it("waits a second between token calls", async () => {
    const { sandbox, client, clock } = await start();
    await client.whoami();
    clock.advance(95);
    sandbox.revokeTokens();
    await client.whoami();
    // The rate limit does not delay these calls; they only wait for the rest of the second.
    expect(clock.slept.filter((ms) => ms > 0).slice(0, 1)).toEqual([905]);
    expect(sandbox.log.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  it("repeats a failing token call", async () => {
    const { sandbox, client } = await start();
    sandbox.faults.add({ route: "/v2/auth/token", times: 2, fault: { kind: "status", status: 500 } });
    await client.whoami();
    expect(tokenCalls(sandbox)).toBe(3);
  });
});
