import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
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

  it("fails if that persists", async () => {
    const server = await startScriptedServer(() => ({ text: "" }));
    await expect(createTestClient(server.baseUrl).client.whoami()).rejects.toMatchObject({
      code: "SIGMA_RESPONSE_INCOMPLETE",
      tries: 6,
    });
  });

  it("times out without a response at callTimeoutMs", async () => {
    const server = await startScriptedServer(() => () => undefined);
    const { client } = createTestClient(server.baseUrl, { callTimeoutMs: 60, retryLimits: { maxTries: 2 } });
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 60, tries: 2 });
  });

  it("times out at firstByteTimeoutMs if a response stops halfway", async () => {
    const server = await startScriptedServer(() => (response) => {
      response.writeHead(200);
      response.write('{"userId"');
    });
    const limits = { firstByteTimeoutMs: 300, callTimeoutMs: 10_000, retryLimits: { maxTries: 1 } };
    const { client } = createTestClient(server.baseUrl, limits);
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 300 });
  });

  it("fails after two attempts if nothing listens", async () => {
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

  it("stops immediately when the caller aborts, also during a retry delay", async () => {
    const controller = new AbortController();
    const server = await startScriptedServer(() => {
      controller.abort(new Error("stop"));
      return { json: {}, status: 503 };
    });
    const { client } = createTestClient(server.baseUrl);
    await expect(client.whoami({ signal: controller.signal })).rejects.toThrow("stop");
    expect(server.seen).toHaveLength(1);
  });

  it("times out at callTimeoutMs while connecting", async () => {
    // Accepts connections and sends nothing, so that the TLS handshake waits.
    const server = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const limits = { callTimeoutMs: 80, connectTimeoutMs: 5_000, retryLimits: { maxTries: 1 } };
    const { client } = createTestClient(`https://127.0.0.1:${port}`, limits);
    const startedMs = performance.now();
    await expect(client.whoami()).rejects.toMatchObject({ code: "SIGMA_TIMEOUT", timeoutMs: 80 });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
    await client.close();
  });

  it("passes a signal to a custom fetch that is aborted at the limit", async () => {
    let reason: unknown = null;
    const { client } = createTestClient("http://127.0.0.1:9", {
      callTimeoutMs: 50,
      retryLimits: { maxTries: 1 },
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

  it("works with a custom fetch", async () => {
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
