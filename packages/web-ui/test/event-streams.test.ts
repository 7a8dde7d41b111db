import { request } from "node:http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type PageServer, type PageServerOptions, startPageServer } from "../src/index.ts";
import { sampleSource } from "./sample-definitions.ts";

async function start(options: Partial<PageServerOptions> = {}): Promise<PageServer> {
  const server = await startPageServer({ source: sampleSource(), ...options });
  onTestFinished(() => server.close());
  return server;
}

interface OpenedStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The whole body if the stream was refused, else the first part. */
  readonly text: string;
  close(): void;
}

/** Opens a stream on a connection of its own, as a browser's tab does, and waits for its first part. */
function openStream(
  { host, port }: PageServer,
  options: { readonly method?: string } = {},
): Promise<OpenedStream> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path: "/api/events", agent: false, ...options }, (response) => {
      const { statusCode: status = 0, headers } = response;
      const resolveWith = (text: string): void =>
        resolve({ status, headers, text, close: () => sent.destroy() });
      response.setEncoding("utf8").once("data", resolveWith);
      response.once("end", () => resolveWith(""));
      response.on("error", () => undefined);
    });
    sent.on("error", reject);
    onTestFinished(() => void sent.destroy());
    sent.end();
  });
}

async function openStreams(server: PageServer, count: number): Promise<readonly OpenedStream[]> {
  return await Promise.all(Array.from({ length: count }, () => openStream(server)));
}

describe("the status streams of the page's server", () => {
  it("a client may open 16, further ones are refused with 503 and Retry-After until one closes", async () => {
    const server = await start();
    const streams = await openStreams(server, 16);
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200));
    const refused = await openStream(server);
    expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
    expect(refused.text).toBe(
      "This client has 16 open status streams, the limit. Close other tabs of the page, or request /api/status.\n",
    );
    // Everything else still answers.
    expect((await fetch(`${server.url}api/status`)).status).toBe(200);
    streams[3]?.close();
    await vi.waitFor(async () => expect((await openStream(server)).status).toBe(200));
    expect((await openStream(server)).status).toBe(503);
  });

  it("the limits of all clients together and of each can be set", async () => {
    const server = await start({ maxEventStreams: 3 });
    const [first] = await openStreams(server, 3);
    const refused = await openStream(server);
    expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
    expect(refused.text).toBe(
      "The server has 3 open status streams, the limit. Close other tabs of the page, or request /api/status.\n",
    );
    first?.close();
    await vi.waitFor(async () => expect((await openStream(server)).status).toBe(200));

    const strict = await start({ maxEventStreamsPerClient: 1 });
    const statuses = (await openStreams(strict, 2)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 503]);
  });

  it("requests that open no stream do not count: without the token, or for the headers only", async () => {
    const server = await start({ maxEventStreams: 1, token: "open sesame" });
    expect((await openStream(server)).status).toBe(401);
    const bearer = { headers: { authorization: "Bearer open sesame" } };
    const head = await fetch(`http://127.0.0.1:${server.port}/api/events`, { method: "HEAD", ...bearer });
    expect(head.status).toBe(200);
    const opened = await fetch(`http://127.0.0.1:${server.port}/api/events`, bearer);
    expect(opened.status).toBe(200);
    await opened.body?.cancel();
  });
});
