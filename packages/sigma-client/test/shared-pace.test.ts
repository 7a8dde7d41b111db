import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "@dagster-sigma/foundation";
import { describe, expect, it, vi } from "vitest";
import type { SigmaClient } from "../src/index.ts";
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who: ScriptedAnswer = { json: { userId: "u", organizationId: "o" } };
const refusal = (status: number, retryAfter?: string): ScriptedAnswer => ({
  json: {},
  status,
  ...(retryAfter === undefined ? {} : { headers: { "retry-after": retryAfter } }),
});

/** A server that answers immediately, or holds each request until the test answers it, in any order. */
async function startHoldingServer(): Promise<{
  readonly server: ScriptedServer;
  readonly hold: () => void;
  /** Answers one of the held requests, by its index in order of arrival. */
  readonly answerOne: (index: number, answer: ScriptedAnswer) => void;
  /** Answers all held requests, and stops holding new ones. */
  readonly release: () => void;
  /** Waits until the server has received `count` requests, then checks that no more arrive for a while. */
  readonly hasSeen: (count: number) => Promise<void>;
}> {
  const held: ((answer: ScriptedAnswer) => void)[] = [];
  let isHolding = false;
  const server = await startScriptedServer(() =>
    isHolding ? new Promise<ScriptedAnswer>((resolve) => held.push(resolve)) : who,
  );
  return {
    server,
    hold: () => {
      isHolding = true;
    },
    answerOne: (index, answer) => held.splice(index, 1)[0]?.(answer),
    release: () => {
      isHolding = false;
      for (const answer of held.splice(0)) answer(who);
    },
    hasSeen: async (count) => {
      const options = { timeout: 10_000, interval: 2 };
      await vi.waitFor(() => expect(server.seen.length).toBeGreaterThanOrEqual(count), options);
      await sleep(30);
      expect(server.seen).toHaveLength(count);
    },
  };
}

/** Waits until the client has processed an answer and scheduled the retry. */
function awaitRepeat(): {
  readonly logger: { debug(message: string): void; info(): void; warn(): void };
  readonly repeated: Promise<void>;
} {
  let tell = (): void => undefined;
  const repeated = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const debug = (message: string): void => {
    if (message === "call is retried") tell();
  };
  return { logger: { debug, info: () => undefined, warn: () => undefined }, repeated };
}

/** Sends `count` calls at the same time. */
function ask(client: SigmaClient, count: number): Promise<unknown> {
  const calls = Promise.all(Array.from({ length: count }, () => client.whoami()));
  // If a test fails, these calls are rejected when its client is closed.
  calls.catch(() => undefined);
  return calls;
}

describe("the calls of one client, as seen by the server,", () => {
  it("never exceed the maximum number of calls in flight: each further call waits for an answer", async () => {
    const { server, hold, answerOne, release, hasSeen } = await startHoldingServer();
    // `fetch` itself does not limit its connections.
    const { client } = createTestClient(server.baseUrl, { fetch, maxConcurrency: 3 });
    await ask(client, 4);
    hold();
    const calls = ask(client, 8);
    for (const seen of [3, 4, 5, 6]) {
      await hasSeen(4 + seen);
      answerOne(1, who);
    }
    await hasSeen(4 + 7);
    release();
    await calls;
    expect(server.maxInFlight).toBe(3);
  });

  it("are few at first, and are reduced to a quarter after a 429", async () => {
    const { server, hold, answerOne, release, hasSeen } = await startHoldingServer();
    const { client, clock } = createTestClient(server.baseUrl, { fetch, random: () => 0 });
    hold();
    const first = ask(client, 24);
    // The sign-in was the first success.
    await hasSeen(4 + 1);
    release();
    await first;
    hold();
    const second = ask(client, 24);
    await hasSeen(24 + 16);
    clock.advance(10);
    // The second 429 changes nothing: both calls were sent before the first 429 was received.
    for (let count = 0; count < 2; count++) answerOne(0, refusal(429));
    // No call replaces the rejected ones, not even their retries.
    await hasSeen(24 + 16);
    for (let count = 0; count < 12; count++) answerOne(0, who);
    await hasSeen(24 + 16 + 3);
    release();
    await second;
  });

  it.each([429, 503])("all wait after a %i with Retry-After, both queued and new calls", async (status) => {
    const { server, hold, answerOne, release, hasSeen } = await startHoldingServer();
    const { logger, repeated } = awaitRepeat();
    const { client } = createTestClient(server.baseUrl, { clock: systemClock, random: () => 0, logger });
    hold();
    const before = ask(client, 9);
    await hasSeen(5);
    const refusedAtMs = performance.now();
    answerOne(0, refusal(status, "0.2"));
    await repeated;
    const after = ask(client, 1);
    release();
    await Promise.all([before, after]);
    const waitedMs = server.seen.slice(5).map(({ cameAtMs }) => cameAtMs - refusedAtMs);
    // The retried call, four queued calls and one new call.
    expect(waitedMs).toHaveLength(6);
    expect(Math.min(...waitedMs)).toBeGreaterThanOrEqual(198);
  });

  it.each([429, 503])("send no request between a %i and the pause that it requests", async (status) => {
    const server = await startScriptedServer((_request, count) =>
      count === 1 ? refusal(status, "0.2") : who,
    );
    const alone = { clock: systemClock, random: () => 0, maxConcurrency: 1 };
    await ask(createTestClient(server.baseUrl, alone).client, 3);
    const [refusedAtMs = 0, ...others] = server.seen.map(({ cameAtMs }) => cameAtMs);
    expect(others).toHaveLength(3);
    expect(Math.min(...others) - refusedAtMs).toBeGreaterThanOrEqual(198);
  });

  it.each<[string, ScriptedAnswer]>([
    ["a lost connection", (response) => response.destroy()],
    ["a cut answer", { text: '{"userId"' }],
    ["a 503 without Retry-After", refusal(503)],
    ["a 500", refusal(500)],
  ])("do not wait for each other after %s", async (_what, fault) => {
    const server = await startScriptedServer(({ path }) => (path === "/v2/whoami" ? fault : { json: [] }));
    const { logger, repeated } = awaitRepeat();
    const minute = { baseDelayMs: 60_000, maxDelayMs: 60_000 };
    const { client } = createTestClient(server.baseUrl, {
      clock: systemClock,
      random: () => 1,
      retryLimits: minute,
      logger,
    });
    const controller = new AbortController();
    const unlucky = client.whoami({ signal: controller.signal });
    await repeated;
    await client.versionTags.list({}, { signal: AbortSignal.timeout(5_000) }).toArray();
    expect(server.seen.map(({ path }) => path)).toEqual(["/v2/whoami", "/v2/tags"]);
    controller.abort(new Error("seen enough"));
    await expect(unlucky).rejects.toThrow("seen enough");
  });

  it("can be aborted while they wait for a slot, without sending a request", async () => {
    const { server, hold, release, hasSeen } = await startHoldingServer();
    const { client } = createTestClient(server.baseUrl, { maxConcurrency: 1 });
    hold();
    const first = ask(client, 1);
    await hasSeen(1);
    const controller = new AbortController();
    const impatient = client.whoami({ signal: controller.signal });
    await hasSeen(1);
    controller.abort(new Error("changed my mind"));
    await expect(impatient).rejects.toThrow("changed my mind");
    release();
    await first;
    await hasSeen(1);
  });
});
