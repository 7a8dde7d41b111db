import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { AnswerBudget, AnswerShare } from "../src/http/answer-budget.ts";
import { AttemptDeadline } from "../src/http/attempt-deadline.ts";
import { BodyChunks } from "../src/http/body-chunks.ts";
import { checkJsonLimits } from "../src/http/json-limits.ts";
import { createUndiciTransport } from "../src/http/undici-transport.ts";
import { type ScriptedAnswer, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who = { userId: "u", organizationId: "o" };

const gzipped =
  (text: string): ScriptedAnswer =>
  (response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync(text));
  };

const manyKeys = (count: number): string =>
  `[${Array.from({ length: count }, (_, key) => `{"key ${key}":1}`).join(",")}]`;

/** A body without end, as fast as the client reads it. */
const endless: ScriptedAnswer = (response) => {
  response.writeHead(200);
  const chunk = Buffer.alloc(65_536, " ");
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", write);
  write();
};

describe("a response above the limit of its size", () => {
  it.each<[string, ScriptedAnswer, string]>([
    ["announces it", { text: JSON.stringify({ ...who, fill: "x".repeat(70_000) }) }, "65536 bytes"],
    ["has no end", endless, "65536 bytes"],
    [
      "is large after decompression",
      gzipped(JSON.stringify({ ...who, fill: " ".repeat(9e6) })),
      "65536 bytes",
    ],
    [
      "consists of several compressed parts",
      (response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.end(Buffer.concat([gzipSync(" ".repeat(9e6)), gzipSync(JSON.stringify(who))]));
      },
      "65536 bytes",
    ],
    ["is an error with a long text", { text: "x".repeat(70_000), status: 503 }, "65536 bytes"],
    ["nests its values deeply", { text: "[".repeat(51_000) }, "50000 nested levels"],
  ])("fails without a retry if it %s", async (_what, answer, limit) => {
    const server = await startScriptedServer(() => answer);
    const { client } = createTestClient(server.baseUrl, { maxAnswerBytes: 65_536 });
    await expect(client.whoami()).rejects.toMatchObject({
      code: "ANSWER_TOO_LARGE",
      endpoint: "GET /v2/whoami",
      message: expect.stringContaining(`GET /v2/whoami: the response exceeds ${limit}`),
      tries: 1,
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["millions of values", `[${"[],".repeat(2_000_000)}[]]`, /2000000 values/],
    ["objects that all have another key", manyKeys(100_001), /100000 different keys/],
  ])("fails if it consists of %s", async (_what, text, message) => {
    const server = await startScriptedServer(() => ({ text }));
    const { client } = createTestClient(server.baseUrl);
    await expect(client.whoami()).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  it("is read up to 50,000 nested levels and 2,000,000 values", () => {
    const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(() => checkJsonLimits(nested(50_000))).not.toThrow();
    expect(() => checkJsonLimits(nested(50_001))).toThrow("50000 nested levels");
    // The array itself counts, too.
    const zeros = (count: number): string => `[${"0,".repeat(count - 1)}0]`;
    expect(() => checkJsonLimits(zeros(2_000_000))).not.toThrow();
    expect(() => checkJsonLimits(zeros(2_000_001))).toThrow("2000000 values");
  });

  it("is read if it has 100,000 different keys", async () => {
    const server = await startScriptedServer(() => ({
      text: `{"userId":"u","organizationId":"o","all":${manyKeys(99_997)}}`,
    }));
    await expect(createTestClient(server.baseUrl).client.whoami()).resolves.toMatchObject(who);
  });

  it("fails at 64 MiB by default, and at 64 KiB for an error and for a sign-in", async () => {
    const server = await startScriptedServer(({ path }) =>
      path.endsWith("/whoami") ? endless : { text: "x".repeat(65_537), status: 400 },
    );
    const { client } = createTestClient(server.baseUrl);
    await expect(client.whoami()).rejects.toMatchObject({
      message: expect.stringMatching(/exceeds 67108864 bytes/),
    });
    await expect(client.members.get("m")).rejects.toMatchObject({
      message: expect.stringMatching(/exceeds 65536 bytes/),
    });
    const signIn = await startScriptedServer(
      () => ({ json: who }),
      () => ({ json: { access_token: "t", fill: "x".repeat(65_536) } }),
    );
    await expect(createTestClient(signIn.baseUrl).client.whoami()).rejects.toMatchObject({
      code: "ANSWER_TOO_LARGE",
      endpoint: "POST /v2/auth/token",
    });
  });

  it("is read up to the limit, also with commas, brackets and quotes in text", async () => {
    const fill = `[{,"\\${'[{,\\"'.repeat(2_000)}`;
    const text = JSON.stringify({ ...who, fill });
    const server = await startScriptedServer((_request, count) => (count === 1 ? { text } : gzipped(text)));
    const { client } = createTestClient(server.baseUrl, { maxAnswerBytes: Buffer.byteLength(text) });
    await expect(client.whoami()).resolves.toMatchObject({ fill });
    await expect(client.whoami()).resolves.toMatchObject({ fill });
  });

  it("is put together from many small chunks", async () => {
    const parts = Array.from({ length: 2_500 }, (_, part) => Buffer.from(`${part},`));
    const chunks = new BodyChunks();
    for (const part of parts) chunks.add(part);
    for (let large = 0; large < 1_100; large++) chunks.add(Buffer.alloc(5_000, "x"));
    expect(chunks.take().equals(Buffer.concat([...parts, Buffer.alloc(5_500_000, "x")]))).toBe(true);
    expect(chunks.take()).toHaveLength(0);
  });

  it("fails if a function like fetch returns it", async () => {
    const server = await startScriptedServer(() => ({ text: `${JSON.stringify(who)}${" ".repeat(100)}` }));
    const { client } = createTestClient(server.baseUrl, { fetch, maxAnswerBytes: 100 });
    await expect(client.whoami()).rejects.toMatchObject({ code: "ANSWER_TOO_LARGE", tries: 1 });
  });

  it("is retried if it is not the gzip that it says", async () => {
    const server = await startScriptedServer((_request, count) =>
      count === 1
        ? { text: JSON.stringify(who), headers: { "content-encoding": "gzip" } }
        : gzipped(JSON.stringify(who)),
    );
    await expect(createTestClient(server.baseUrl).client.whoami()).resolves.toMatchObject(who);
    expect(server.seen).toHaveLength(2);
  });
});

describe("responses in flight", () => {
  it("share memory: a response waits while others hold too much, and none is lost", async () => {
    const text = JSON.stringify({ ...who, fill: "x".repeat(400_000) });
    const server = await startScriptedServer((_request, count) =>
      count % 2 === 0 ? { text } : gzipped(text),
    );
    const transport = createUndiciTransport({
      connectTimeoutMs: 10_000,
      firstByteTimeoutMs: 10_000,
      slowBodyAfterMs: 10_000,
      maxConnections: 16,
      maxAnswerBytes: 500_000,
      sharedBytes: 2_000_000,
    });
    let highestBytes = 0;
    const original = AnswerBudget.prototype.hold;
    const hold = vi.spyOn(AnswerBudget.prototype, "hold");
    hold.mockImplementation(function (this: AnswerBudget, bytes) {
      original.call(this, bytes);
      highestBytes = Math.max(highestBytes, this.heldBytes);
    });
    const texts = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const end = new AttemptDeadline(20_000, undefined);
        const init = { method: "GET", headers: {}, end, signal: end.signal, maxBytes: () => 500_000 };
        const response = await transport.fetch(server.baseUrl, init);
        const whole = await response.text();
        response.release?.();
        end.close();
        return whole;
      }),
    );
    await transport.close();
    expect(texts).toEqual(Array(16).fill(text));
    expect(highestBytes).toBeGreaterThan(500_000);
    // Each connection may have received one more chunk.
    expect(highestBytes).toBeLessThan(2_000_000 + 16 * 65_536);
  });

  it("that exceed their limit let those that wait proceed", async () => {
    const server = await startScriptedServer(() => endless);
    const hold = vi.spyOn(AnswerBudget.prototype, "mayGrow");
    const transport = createUndiciTransport({
      connectTimeoutMs: 10_000,
      firstByteTimeoutMs: 10_000,
      slowBodyAfterMs: 10_000,
      maxConnections: 16,
      maxAnswerBytes: 16_000_000,
      sharedBytes: 24_000_000,
    });
    const failures = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const end = new AttemptDeadline(15_000, undefined);
        const init = { method: "GET", headers: {}, end, signal: end.signal, maxBytes: () => 16_000_000 };
        const failure: unknown = await transport.fetch(server.baseUrl, init).catch((error: unknown) => error);
        end.close();
        return String(failure);
      }),
    );
    await transport.close();
    expect(new Set(failures)).toEqual(new Set(["Error: the response exceeds 16000000 bytes"]));
    expect(hold.mock.results.some(({ value }) => value === false)).toBe(true);
  });

  it("proceed one at a time above the limit, in order of arrival, and wait again for more", async () => {
    const budget = new AnswerBudget(100);
    const [first, second, third] = [0, 1, 2].map(() => new AnswerShare(budget)) as [
      AnswerShare,
      AnswerShare,
      AnswerShare,
    ];
    const order: string[] = [];
    expect(first.add(60, () => order.push("first"))).toBe(true);
    expect(second.add(60, () => order.push("second"))).toBe(true);
    expect(first.add(10, () => order.push("first"))).toBe(false);
    const reserving = third.reserve(50).then(() => order.push("third"));
    expect(second.add(60, () => order.push("second"))).toBe(true);
    await sleep(1);
    expect(order).toEqual([]);
    second.release();
    await reserving;
    expect(order).toEqual(["first", "third"]);
    expect(budget.heldBytes).toBe(120);
    expect(first.add(1, () => order.push("first again"))).toBe(false);
    third.release();
    expect(order).toEqual(["first", "third", "first again"]);
    first.release();
    expect(budget.heldBytes).toBe(0);
  });
});
