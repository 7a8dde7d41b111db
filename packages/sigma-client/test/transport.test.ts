import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { AttemptDeadline } from "../src/http/attempt-deadline.ts";
import { createUndiciTransport } from "../src/http/undici-transport.ts";
import { SigmaClient } from "../src/index.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

const who = { userId: "u", organizationId: "o" };

describe("the HTTP transport", () => {
  it("keeps connections alive, and sends its user agent", async () => {
    const sockets = new Set<unknown>();
    const server = await startScriptedServer(() => (response, request) => {
      sockets.add(request.socket);
      response.end(JSON.stringify(who));
    });
    const { client } = createTestClient(server.baseUrl);
    for (let count = 0; count < 5; count++) await client.whoami();
    // A second connection may be opened while the first one is still reading.
    expect(sockets.size).toBeLessThanOrEqual(2);
    expect(server.seen[0]?.headers["user-agent"]).toMatch(/^dagster-sigma-typescript\/\d+\.\d+\.\d+ node\//);
    expect(server.seen[0]?.headers["accept-encoding"]).toBe("gzip");
    expect(server.seen[0]?.headers.authorization).toBe("Bearer token-1");
    expect(server.tokenRequests[0]?.body).toBe(
      "grant_type=client_credentials&client_id=test-client&client_secret=test-secret",
    );
  });

  it("does not send a request whose call was aborted while it waited for a connection", async () => {
    let answer = (): void => undefined;
    const server = await startScriptedServer(async (_request, count) => {
      if (count === 1) await new Promise<void>((resolve) => (answer = resolve));
      return { json: who };
    });
    const timeouts = { connectTimeoutMs: 10_000, firstByteTimeoutMs: 10_000, slowBodyAfterMs: 10_000 };
    const transport = createUndiciTransport({ ...timeouts, maxConnections: 1, maxAnswerBytes: 1_000 });
    const send = async (path: string, signal?: AbortSignal): Promise<string> => {
      const end = new AttemptDeadline(20_000, signal);
      const init = { method: "GET", headers: {}, end, signal: end.signal, maxBytes: () => 1_000 };
      return await (
        await transport.fetch(`${server.baseUrl}/${path}`, init).finally(() => end.close())
      ).text();
    };
    const first = send("first");
    await vi.waitFor(() => expect(server.seen).toHaveLength(1), { timeout: 5_000, interval: 2 });
    const controller = new AbortController();
    const second = send("second", controller.signal);
    const third = send("third");
    setImmediate(() => controller.abort(new Error("stop")));
    await expect(second).rejects.toMatchObject({ message: "stop" });
    answer();
    await Promise.all([first, third]);
    await transport.close();
    expect(server.seen.map(({ path }) => path)).toEqual(["/first", "/third"]);
  });

  it("reads a compressed response", async () => {
    const server = await startScriptedServer(() => (response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync(JSON.stringify({ ...who, userId: "Σ" })));
    });
    await expect(createTestClient(server.baseUrl).client.whoami()).resolves.toMatchObject({ userId: "Σ" });
  });

  it.each([
    ["a cut body", (text: string) => text.slice(0, 10)],
    ["an empty body", () => ""],
    ["a page of HTML", () => "<html>Please sign in to the proxy</html>"],
  ])("treats %s with status 200 as transient", async (_what, spoil) => {
    const server = await startScriptedServer((_request, count) => {
      const text = JSON.stringify(who);
      return { text: count < 3 ? spoil(text) : text };
    });
    await expect(createTestClient(server.baseUrl).client.whoami()).resolves.toMatchObject(who);
    expect(server.seen).toHaveLength(3);
  });

  it("fails if all responses are cut", async () => {
    const server = await startScriptedServer(() => ({ text: "" }));
    await expect(createTestClient(server.baseUrl).client.whoami()).rejects.toMatchObject({
      code: "SIGMA_RESPONSE_INCOMPLETE",
      tries: 6,
    });
  });

  it("suggests checking the base URL after two attempts if no server listens there", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    server.close();
    const { client } = createTestClient(`http://127.0.0.1:${port}`);
    await expect(client.whoami()).rejects.toMatchObject({
      code: "SIGMA_CONNECTION",
      tries: 2,
      message: expect.stringMatching(/ECONNREFUSED/),
      hint: expect.stringMatching(/base URL/),
    });
  });

  it("works with any function like fetch", async () => {
    const server = await startScriptedServer(() => ({ json: who }));
    const urls: string[] = [];
    const { client } = createTestClient(server.baseUrl, {
      fetch: (url, init) => {
        urls.push(url);
        return fetch(url, init);
      },
    });
    await expect(client.whoami()).resolves.toMatchObject(who);
    expect(urls).toEqual([`${server.baseUrl}/v2/auth/token`, `${server.baseUrl}/v2/whoami`]);
  });

  it("uses the proxy in the environment, except for hosts in NO_PROXY", async () => {
    const target = await startScriptedServer(() => ({ json: who }));
    const tunnels: string[] = [];
    const { createServer: createProxy } = await import("node:http");
    const { connect } = await import("node:net");
    const proxy = createProxy().on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      const upstream = connect(Number(new URL(target.baseUrl).port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    const port = typeof address === "object" ? address?.port : 0;
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${port}`);
    const far = createTestClient("http://far.example", { allowHttp: true }).client;
    await expect(far.whoami()).resolves.toMatchObject(who);
    expect(new Set(tunnels)).toEqual(new Set(["far.example:80"]));
    vi.stubEnv("NO_PROXY", "127.0.0.1");
    await expect(createTestClient(target.baseUrl).client.whoami()).resolves.toMatchObject(who);
    expect(new Set(tunnels)).toEqual(new Set(["far.example:80"]));
  });

  it("fails if the certificate file does not exist", () => {
    const file = join(tmpdir(), "no-such-certificates.pem");
    const create = (): SigmaClient =>
      new SigmaClient({ baseUrl: "https://h.io", clientId: "a", clientSecret: "b", caFile: file });
    expect(create).toThrow(/no-such-certificates\.pem cannot be read/);
    const readable = join(tmpdir(), `certificates-${process.pid}.pem`);
    writeFileSync(readable, "");
    const { client } = createTestClient("https://h.io", { caFile: readable });
    expect(client.baseUrl).toBe("https://h.io");
  });
});
