import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { type ScriptedAnswer, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who: ScriptedAnswer = { json: { userId: "u", organizationId: "o" } };
const minuteMs = 60_000;

/** An answer that the test sends later. */
function later(): {
  readonly answer: Promise<ScriptedAnswer>;
  readonly give: (answer: ScriptedAnswer) => void;
} {
  let give: (answer: ScriptedAnswer) => void = () => undefined;
  const answer = new Promise<ScriptedAnswer>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

describe("a token", () => {
  it.each<[string, object, number]>([
    ["unspecified", {}, 55 * minuteMs],
    ["null", { expires_in: null }, 55 * minuteMs],
    ["an hour", { expires_in: 3_600 }, 55 * minuteMs],
    ["ten minutes", { expires_in: 600 }, 9 * minuteMs],
    ["five minutes", { expires_in: 300 }, 4.5 * minuteMs],
    ["twenty seconds", { expires_in: 20 }, 18_000],
  ])(
    "with the lifetime %s is used by all calls until shortly before it expires",
    async (_what, life, usedMs) => {
      const server = await startScriptedServer(
        () => who,
        (_request, count) => ({ json: { access_token: `token-${count}`, ...life } }),
      );
      const { client, clock } = createTestClient(server.baseUrl);
      const askAt = async (ms: number): Promise<number> => {
        clock.advance(startedMs + ms - clock.now());
        await client.whoami();
        return server.tokenRequests.length;
      };
      const startedMs = clock.now();
      await client.whoami();
      expect([await askAt(1_000), await askAt(usedMs - 500), await askAt(usedMs + 500)]).toEqual([1, 1, 2]);
      expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
        "Bearer token-1",
        "Bearer token-1",
        "Bearer token-1",
        "Bearer token-2",
      ]);
    },
  );

  it("is requested with a form, and renewed with the previous refresh token", async () => {
    const server = await startScriptedServer(
      () => who,
      (_request, count) => ({
        json: { access_token: "t", expires_in: 60, ...(count === 1 ? { refresh_token: "r/1" } : {}) },
      }),
    );
    const { client, clock } = createTestClient(server.baseUrl);
    for (let call = 0; call < 3; call++) {
      await client.whoami();
      clock.advance(minuteMs);
    }
    const credentials = "client_id=test-client&client_secret=test-secret";
    expect(server.tokenRequests.map(({ body }) => body)).toEqual([
      `grant_type=client_credentials&${credentials}`,
      `grant_type=refresh_token&refresh_token=r%2F1&${credentials}`,
      `grant_type=client_credentials&${credentials}`,
    ]);
    for (const { headers } of server.tokenRequests)
      expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  });

  it("is requested with the credentials if the refresh token is rejected with a 400", async () => {
    const server = await startScriptedServer(
      () => who,
      ({ body }) =>
        body.includes("refresh_token")
          ? { json: { code: "invalid_grant" }, status: 400 }
          : { json: { access_token: "t", refresh_token: "r", expires_in: 60 } },
    );
    const { client, clock } = createTestClient(server.baseUrl);
    await client.whoami();
    clock.advance(minuteMs);
    await client.whoami();
    expect(server.tokenRequests).toHaveLength(3);
  });

  it("fails with a lost connection during a renewal, and the credentials are not sent", async () => {
    const server = await startScriptedServer(
      () => who,
      ({ body }) =>
        body.includes("refresh_token")
          ? (response) => response.destroy()
          : { json: { access_token: "t", refresh_token: "r", expires_in: 60 } },
    );
    const { client, clock } = createTestClient(server.baseUrl);
    await client.whoami();
    clock.advance(minuteMs);
    await expect(client.whoami()).rejects.toMatchObject({
      code: "SIGMA_CONNECTION",
      endpoint: "POST /v2/auth/token",
      tries: 6,
    });
    expect(server.tokenRequests.map(({ body }) => body.includes("refresh_token"))).toEqual([
      false,
      ...Array.from({ length: 6 }, () => true),
    ]);
  });

  it("is requested once for all calls that start during the request, also for later ones", async () => {
    const token = later();
    const server = await startScriptedServer(
      () => who,
      () => token.answer,
    );
    const { client } = createTestClient(server.baseUrl);
    const calls = [client.whoami()];
    await vi.waitFor(() => expect(server.tokenRequests).toHaveLength(1), { timeout: 5_000, interval: 2 });
    calls.push(client.whoami(), client.whoami());
    await sleep(20);
    expect(server.seen).toEqual([]);
    token.give({ json: { access_token: "t", expires_in: 3_600 } });
    await Promise.all(calls);
    expect(server.tokenRequests).toHaveLength(1);
  });

  it("is requested again by the next call after a failed sign-in", async () => {
    const server = await startScriptedServer(
      () => who,
      (_request, count) => (count === 1 ? { json: {}, status: 401 } : { json: { access_token: "t" } }),
    );
    const { client } = createTestClient(server.baseUrl);
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_AUTHENTICATION" });
    await expect(client.whoami()).resolves.toMatchObject({ organizationId: "o" });
  });

  it("that has been replaced causes no further sign-in when late 401s for it arrive", async () => {
    const late = new Map(["a", "b", "c"].map((id) => [`/v2/workbooks/${id}/pages`, later()]));
    const server = await startScriptedServer(({ path, headers }) => {
      if (headers.authorization === "Bearer token-1")
        return late.get(path)?.answer ?? { json: {}, status: 401 };
      return path === "/v2/whoami" ? who : { json: [] };
    });
    const { client } = createTestClient(server.baseUrl);
    const calls = ["a", "b", "c"].map((id) => client.workbooks.pages(id).toArray());
    await vi.waitFor(() => expect(server.seen).toHaveLength(3), { timeout: 5_000, interval: 2 });
    // This call is rejected immediately, and gets the second token.
    await client.whoami();
    expect(server.tokenRequests).toHaveLength(2);
    for (const { give } of late.values()) give({ json: {}, status: 401 });
    await Promise.all(calls);
    expect(server.tokenRequests).toHaveLength(2);
    expect(client.counts).toMatchObject({ requests: 2 + 2 + 3 + 3, retries: 0 });
  });

  it("is not requested for a call that was aborted before, and nothing fails unnoticed", async () => {
    const server = await startScriptedServer(
      () => who,
      () => ({ text: "", status: 500 }),
    );
    const { client } = createTestClient(server.baseUrl);
    const unnoticed = vi.fn();
    process.on("unhandledRejection", unnoticed);
    try {
      await expect(client.whoami({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
        "enough",
      );
      await sleep(50);
      expect(server.tokenRequests).toEqual([]);
      expect(unnoticed).not.toHaveBeenCalled();
    } finally {
      process.off("unhandledRejection", unnoticed);
    }
  });

  it("does not block an aborted call, and the sign-in continues for the other calls", async () => {
    const token = later();
    const server = await startScriptedServer(
      () => who,
      () => token.answer,
    );
    const { client } = createTestClient(server.baseUrl);
    const controller = new AbortController();
    const impatient = client.whoami({ signal: controller.signal });
    const patient = client.whoami();
    await vi.waitFor(() => expect(server.tokenRequests).toHaveLength(1), { timeout: 5_000, interval: 2 });
    controller.abort(new Error("changed my mind"));
    await expect(impatient).rejects.toThrow("changed my mind");
    const tooLate = client.whoami({ signal: AbortSignal.abort(new Error("too late")) });
    await expect(tooLate).rejects.toThrow("too late");
    token.give({ json: { access_token: "t" } });
    await expect(patient).resolves.toMatchObject({ organizationId: "o" });
    expect([server.tokenRequests.length, server.seen.length]).toEqual([1, 1]);
  });
});
