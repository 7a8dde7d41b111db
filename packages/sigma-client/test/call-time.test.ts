import { systemClock } from "@dagster-sigma/foundation";
// Loaded with the first request otherwise, which may take longer than the short limits of these tests.
import "undici";
import { describe, expect, it } from "vitest";
import type { RequestedWait } from "../src/index.ts";
import { type ScriptedAnswer, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who = { userId: "u", organizationId: "o" };

/** Sends a part of a body every few ms. */
const drip =
  (text: string, everyMs: number): ScriptedAnswer =>
  (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(text), everyMs);
    response.on("close", () => clearInterval(timer));
  };

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work.catch(() => undefined);
  return (performance.now() - startedMs) / 1_000;
}

describe("the time of a call", () => {
  it("is that of all its attempts together", async () => {
    const server = await startScriptedServer(() => () => undefined);
    // undici measures such a limit with a resolution of a second.
    const limits = { firstByteTimeoutMs: 300, callTimeoutMs: 2_500, random: () => 0 };
    const { client } = createTestClient(server.baseUrl, limits);
    const call = client.whoami();
    expect(await secondsOf(call)).toBeLessThan(4);
    await expect(call).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", tries: server.seen.length });
    expect(server.seen.length).toBeGreaterThanOrEqual(2);
  });

  it("includes delays between attempts", async () => {
    const server = await startScriptedServer(() => ({ json: {}, status: 503 }));
    const { client, clock } = createTestClient(server.baseUrl, { callTimeoutMs: 2_000, random: () => 1 });
    // Delays of 1, 2 and 4 s.
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_SERVER", status: 503, tries: 2 });
    expect(clock.slept.filter((ms) => ms >= 1_000)).toEqual([1_000]);
  });

  it("does not include waits that Sigma requests, which are shown", async () => {
    const server = await startScriptedServer((_request, count) =>
      count < 4 ? { json: {}, status: 429, headers: { "retry-after": "60" } } : { json: who },
    );
    const waits: RequestedWait[] = [];
    const { client } = createTestClient(server.baseUrl, {
      callTimeoutMs: 2_000,
      random: () => 0,
      onWait: (wait) => waits.push(wait),
    });
    await expect(client.whoami()).resolves.toMatchObject(who);
    const wait = { endpoint: "GET /v2/whoami", status: 429, waitMs: 60_000 };
    expect(waits).toEqual([wait, wait, wait]);
  });

  it("ends waits that Sigma requests after 300 s", async () => {
    const server = await startScriptedServer(() => ({
      json: {},
      status: 503,
      headers: { "retry-after": "100" },
    }));
    const { client } = createTestClient(server.baseUrl);
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_SERVER", tries: 4 });
  });

  it("also ends a call whose function like fetch ignores the signal", async () => {
    const { client } = createTestClient("https://h.io", {
      callTimeoutMs: 100,
      fetch: () => new Promise(() => undefined),
    });
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 100 });
  });
});

describe("a route that does not answer", () => {
  it("gets less time with each call, until a call is answered", async () => {
    let isAnswering = false;
    const server = await startScriptedServer(() => (isAnswering ? { json: [] } : () => undefined));
    const { client } = createTestClient(server.baseUrl, { callTimeoutMs: 2_500, random: () => 0 });
    const limitOf = async (): Promise<unknown> =>
      (
        (await client.workbooks
          .pages("w")
          .toArray()
          .catch((error: unknown) => error)) as { timeoutMs?: number }
      ).timeoutMs;
    await Promise.all([limitOf(), limitOf()]);
    // Other routes have their own time.
    isAnswering = true;
    await client.workbooks.elements("w").toArray();
    isAnswering = false;
    const tookS = await secondsOf(client.workbooks.pages("w").toArray());
    expect(tookS).toBeGreaterThan(0.9);
    expect(tookS).toBeLessThan(2);
    isAnswering = true;
    expect(await client.workbooks.pages("w").toArray()).toEqual([]);
    isAnswering = false;
    expect(await secondsOf(client.workbooks.pages("w").toArray())).toBeGreaterThan(2.4);
  });
});

describe("a body", () => {
  it("that comes more slowly than 1 KiB a second is given up", async () => {
    const server = await startScriptedServer(() => drip(" ", 5));
    const limits = { slowBodyAfterMs: 100, retryLimits: { maxTries: 2 } };
    const { client } = createTestClient(server.baseUrl, limits);
    const call = client.whoami();
    expect(await secondsOf(call)).toBeLessThan(2);
    await expect(call).rejects.toMatchObject({
      code: "SIGMA_TIMEOUT",
      tries: 2,
      message: expect.stringMatching(/after 100 ms the response came more slowly than 1024 bytes per second/),
    });
    expect(server.seen).toHaveLength(2);
  });

  it("may take longer at a higher speed", async () => {
    const server = await startScriptedServer(() => (response) => {
      response.writeHead(200);
      let left = 40;
      const timer = setInterval(() => {
        if (left-- > 0) response.write(" ".repeat(2_000));
        else response.end(JSON.stringify(who));
      }, 20);
      response.on("close", () => clearInterval(timer));
    });
    const { client } = createTestClient(server.baseUrl, { slowBodyAfterMs: 500 });
    await expect(client.whoami()).resolves.toMatchObject(who);
    expect(server.seen).toHaveLength(1);
  });

  it("after more than 100 informational responses is not waited for", async () => {
    const server = await startScriptedServer(() => (response) => {
      const timer = setInterval(() => response.writeProcessing(), 1);
      response.on("close", () => clearInterval(timer));
    });
    const { client } = createTestClient(server.baseUrl, { retryLimits: { maxTries: 2 } });
    const call = client.whoami();
    expect(await secondsOf(call)).toBeLessThan(5);
    await expect(call).rejects.toMatchObject({
      code: "SIGMA_CONNECTION",
      message: expect.stringMatching(/more than 100 informational responses/),
    });
    expect(server.seen).toHaveLength(2);
  });

  it("after a few informational responses is read", async () => {
    const server = await startScriptedServer(() => (response) => {
      for (let count = 0; count < 5; count++) response.writeProcessing();
      setTimeout(() => response.end(JSON.stringify(who)), 20);
    });
    await expect(createTestClient(server.baseUrl).client.whoami()).resolves.toMatchObject(who);
  });
});

describe("a sign-in", () => {
  it("without an answer ends with the time of a call", async () => {
    const server = await startScriptedServer(
      () => ({ json: who }),
      () => () => undefined,
    );
    const limits = { firstByteTimeoutMs: 100, callTimeoutMs: 300 };
    const { client } = createTestClient(server.baseUrl, { ...limits, clock: systemClock });
    const call = client.whoami();
    expect(await secondsOf(call)).toBeLessThan(3);
    await expect(call).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", endpoint: "POST /v2/auth/token" });
  });

  it("whose token expires at once is not repeated before every call", async () => {
    const server = await startScriptedServer(
      () => ({ json: who }),
      () => ({ json: { access_token: "t", expires_in: 0 } }),
    );
    const { client } = createTestClient(server.baseUrl);
    for (let call = 0; call < 10; call++) await client.whoami();
    expect(server.tokenRequests).toHaveLength(1);
  });

  it("whose token no header can contain fails without another request", async () => {
    for (const token of ["a\r\nb", "a b", "\u00e4", "\ud800"]) {
      const server = await startScriptedServer(
        () => ({ json: who }),
        () => ({ json: { access_token: token } }),
      );
      await expect(createTestClient(server.baseUrl).client.whoami()).rejects.toMatchObject({
        code: "SIGMA_RESPONSE_SHAPE",
        endpoint: "POST /v2/auth/token",
        jsonPath: "$.access_token",
      });
      expect([server.tokenRequests.length, server.seen.length]).toEqual([1, 0]);
    }
  });
});

describe("an id with a lone surrogate", () => {
  it("is sent with a replacement character", async () => {
    const server = await startScriptedServer(() => ({ json: {}, status: 404 }));
    const { client } = createTestClient(server.baseUrl);
    await expect(client.workbooks.get("a\ud800/b")).rejects.toMatchObject({ code: "SIGMA_NOT_FOUND" });
    expect(server.seen[0]?.path).toBe("/v2/workbooks/a%EF%BF%BD%2Fb");
  });
});
