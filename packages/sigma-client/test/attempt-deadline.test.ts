import { getEventListeners, once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "@dagster-sigma/foundation";
// Loaded with the first request otherwise, which may take longer than the short limits of these tests.
import "undici";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { AttemptDeadline } from "../src/http/attempt-deadline.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who = { userId: "u", organizationId: "o" };
const one = { retryLimits: { maxTries: 1 } };

/** The time until a promise settles, in ms. */
async function timeOf(work: Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work.catch(() => undefined);
  return performance.now() - startedMs;
}

const timersNow = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

/** Whether no timers are left over; waits briefly for timers of other code, which end on their own. */
async function areTimersGone(before: number): Promise<boolean> {
  for (let look = 0; look < 50 && timersNow() > before; look++) await sleep(10);
  return timersNow() <= before;
}

describe("an attempt without an answer", () => {
  it("ends at the limit for the whole call, and closes its connection", async () => {
    let closed = 0;
    const server = await startScriptedServer((_request, count) =>
      count === 1 ? { json: who } : (response) => void response.on("close", () => closed++),
    );
    // Loads what a first call loads, so that the limit applies to the call alone.
    await createTestClient(server.baseUrl).client.whoami();
    const { client } = createTestClient(server.baseUrl, { callTimeoutMs: 500, ...one });
    const failure = client.whoami();
    const tookMs = await timeOf(failure);
    await expect(failure).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 500, tries: 1 });
    expect(tookMs).toBeGreaterThanOrEqual(499);
    expect(server.seen).toHaveLength(2);
    await vi.waitFor(() => expect(closed).toBe(1), { timeout: 5_000, interval: 2 });
  });

  it("ends at the limit for the first byte if the answer stops halfway", async () => {
    const server = await startScriptedServer(() => (response) => {
      response.writeHead(200);
      response.write('{"userId"');
    });
    const limits = { firstByteTimeoutMs: 300, callTimeoutMs: 10_000, ...one };
    const { client } = createTestClient(server.baseUrl, limits);
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 300 });
  });

  it("ends at the limit for the whole call while the connection is being established", async () => {
    // Accepts connections and sends nothing, so the TLS handshake never finishes.
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const limits = { callTimeoutMs: 80, connectTimeoutMs: 5_000, ...one };
    const { client } = createTestClient(`https://127.0.0.1:${port}`, limits);
    const startedMs = performance.now();
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 80 });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    await client.close();
  });

  it("aborts a custom fetch function by its signal at the limit", async () => {
    let reason: unknown = null;
    const { client } = createTestClient("http://127.0.0.1:9", {
      callTimeoutMs: 50,
      ...one,
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(signal.reason);
          });
        }),
    });
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 50 });
    expect(reason).toMatchObject({ name: "TimeoutError" });
  });

  it("passes an already aborted signal to a custom fetch function that reads it after the abort", async () => {
    const controller = new AbortController();
    const server = await startScriptedServer(() => ({ json: who }));
    let isOver: boolean | null = null;
    const { client } = createTestClient(server.baseUrl, {
      fetch: async (url, init) => {
        if (!url.endsWith("/whoami")) return await fetch(url, init);
        controller.abort(new Error("stop"));
        isOver = init.signal.aborted;
        throw init.signal.reason;
      },
    });
    await expect(client.whoami({ signal: controller.signal })).rejects.toThrow("stop");
    expect(isOver).toBe(true);
  });

  it("fails with the abort reason of its caller, and closes its connection", async () => {
    const controller = new AbortController();
    const reason = new Error("stop");
    let closed = 0;
    const server = await startScriptedServer(() => (response) => void response.on("close", () => closed++));
    const { client } = createTestClient(server.baseUrl, one);
    const call = client.whoami({ signal: controller.signal });
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), { timeout: 5_000, interval: 2 });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await vi.waitFor(() => expect(closed).toBe(1), { timeout: 5_000, interval: 2 });
    expect(server.seen).toHaveLength(1);
  });
});

describe("the deadline of an attempt", () => {
  it("has one signal, however often it is read", () => {
    const controller = new AbortController();
    const end = new AttemptDeadline(60_000, controller.signal);
    const signals = [end.signal, end.signal];
    controller.abort();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    end.close();
  });

  it("notifies a listener immediately if it is added after the end", () => {
    const controller = new AbortController();
    const end = new AttemptDeadline(60_000, controller.signal);
    controller.abort(new Error("stop"));
    const reasons: unknown[] = [];
    end.listen((reason) => reasons.push(reason));
    end.close();
    expect(reasons).toEqual([new Error("stop")]);
  });

  it("does not keep what was waited for after it is closed", async () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const end = new AttemptDeadline(60_000, new AbortController().signal);
    const wait = async (): Promise<WeakRef<object>> =>
      new WeakRef(await end.unlessEnded(Promise.resolve({ body: "large" })));
    const body = await wait();
    end.close();
    await sleep(1);
    gc();
    expect(body.deref()).toBeUndefined();
    expect(end.isTimedOut).toBe(false);
  });
});

describe("a call that waits for its retry", () => {
  it("ends immediately when its caller aborts it", async () => {
    const controller = new AbortController();
    const server = await startScriptedServer(() => ({ json: {}, status: 503 }));
    const { client } = createTestClient(server.baseUrl, {
      clock: systemClock,
      random: () => 1,
      retryLimits: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
      logger: {
        debug: (message) => {
          if (message === "call is retried") setImmediate(() => controller.abort(new Error("stop")));
        },
        info: () => undefined,
        warn: () => undefined,
      },
    });
    await expect(client.whoami({ signal: controller.signal })).rejects.toThrow("stop");
    expect(server.seen).toHaveLength(1);
  });
});

describe("a call that has ended", () => {
  it("leaves no timer, which would keep the process alive, and no listener on its caller's signal", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let calls = 0;
    const { client } = createTestClient("http://127.0.0.1:9", {
      clock: systemClock,
      retryLimits: { baseDelayMs: 1 },
      fetch: (url) => {
        calls++;
        const isToken = url.endsWith("/token");
        return Promise.resolve({
          status: calls % 3 === 2 ? 503 : 200,
          headers: { get: () => null },
          text: () => Promise.resolve(JSON.stringify(isToken ? { access_token: "t" } : who)),
        });
      },
    });
    const before = timersNow();
    await Promise.all(Array.from({ length: 8 }, () => client.whoami({ signal })));
    expect(calls).toBeGreaterThan(9);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(await areTimersGone(before)).toBe(true);
  });
});
