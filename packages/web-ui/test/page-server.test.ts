import { request } from "node:http";
import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { type DefinitionsSource, InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type PageContent,
  type PageServer,
  type PageServerOptions,
  pageOutlet,
  startPageServer,
} from "../src/index.ts";
import { type PackedGraph, unpackGraph } from "../src/model/packed-graph.ts";
import type { PageStatus } from "../src/model/page-status.ts";
import { sampleSource } from "./sample-definitions.ts";

async function start(options: Partial<PageServerOptions> = {}): Promise<PageServer> {
  const server = await startPageServer({ source: sampleSource(), ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Sends headers that `fetch` does not allow. */
function ask(
  { port }: PageServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("the page's server", () => {
  it("serves the page, its graph, its columns, and the details of an asset", async () => {
    const server = await start();
    const html = await (await fetch(server.url)).text();
    expect(html).toContain('<div id="app">');
    const graph = unpackGraph((await (await fetch(`${server.url}api/graph`)).json()) as PackedGraph);
    expect(graph.assets.map(({ key }) => key)).toEqual([
      "Board",
      "Hostile",
      "Sales",
      "shop/crm/customers",
      "shop/sales/orders",
    ]);
    expect(await (await fetch(`${server.url}api/columns`)).json()).toMatchObject({
      names: expect.arrayContaining(["NET"]),
    });
    expect(
      await (await fetch(`${server.url}api/details?asset=2&version=${graph.version}`)).json(),
    ).toMatchObject({
      description: "What was sold.",
      columns: [{ name: "Orders/Net", description: "Sum([orders/NET])" }],
    });
    for (const query of [`asset=5&version=${graph.version}`, "asset=2&version=other", "asset=x", ""])
      expect((await fetch(`${server.url}api/details?${query}`)).status).toBe(404);
    expect((await fetch(`${server.url}../package.json`)).status).toBe(404);
  });

  it("compresses graph and columns for clients that can read it", async () => {
    const server = await start();
    for (const path of ["/api/graph", "/api/columns"]) {
      const plain = await ask(server, path, { host: `127.0.0.1:${server.port}` });
      expect(plain.headers["content-encoding"]).toBeUndefined();
      const refused = await ask(server, path, {
        host: `127.0.0.1:${server.port}`,
        "accept-encoding": "br, gzip;q=0",
      });
      expect(refused.text).toBe(plain.text);
      const compressed = await fetch(`${server.url}${path.slice(1)}`, {
        headers: { "accept-encoding": "gzip, br" },
      });
      expect(compressed.headers.get("content-encoding")).toBe("gzip");
      expect(compressed.headers.get("vary")).toContain("accept-encoding");
      expect(await compressed.text()).toBe(plain.text);
    }
  });

  it("allows only its own scripts, styles and requests, and no inline scripts", async () => {
    const server = await start();
    const response = await fetch(server.url);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });

  it("rejects other host names and requests from other pages", async () => {
    const server = await start();
    const own = `127.0.0.1:${server.port}`;
    expect((await ask(server, "/api/graph", { host: own })).status).toBe(200);
    expect((await ask(server, "/api/graph", { host: "evil.example" })).status).toBe(403);
    expect((await ask(server, "/api/graph", { host: own, "sec-fetch-site": "cross-site" })).status).toBe(403);
    const refresh = (headers: Readonly<Record<string, string>>): ReturnType<typeof ask> =>
      ask(server, "/api/refresh", { host: own, ...headers }, "POST");
    expect((await refresh({ origin: "https://evil.example" })).status).toBe(403);
    expect((await refresh({ origin: "null" })).status).toBe(403);
    // The request is accepted, but there is no source to refresh from.
    expect((await refresh({ origin: `http://${own}` })).status).toBe(409);
  });

  it("requires a token for other machines, and then serves nothing without it", async () => {
    await expect(startPageServer({ source: sampleSource(), host: "0.0.0.0" })).rejects.toMatchObject({
      code: "PAGE_TOKEN_MISSING",
    });
    const server = await start({ host: "0.0.0.0", token: "open sesame" });
    for (const path of ["", "api/graph", "?token=wrong"])
      expect((await fetch(`http://127.0.0.1:${server.port}/${path}`)).status).toBe(401);
    const first = await fetch(server.url, { redirect: "manual" });
    expect(first.status).toBe(302);
    expect(first.headers.get("location")).toBe("/");
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    const [pair = ""] = cookie.split(";");
    expect(
      (await fetch(`http://127.0.0.1:${server.port}/api/graph`, { headers: { cookie: pair } })).status,
    ).toBe(200);
    const bearer = { authorization: "Bearer open sesame" };
    expect((await fetch(`http://127.0.0.1:${server.port}/api/graph`, { headers: bearer })).status).toBe(200);
  });

  it("answers 304 for content that the browser has, and sends changed content completely", async () => {
    const first = await start();
    const response = await fetch(`${first.url}api/graph`);
    const etag = response.headers.get("etag") ?? "";
    const again = await fetch(`${first.url}api/graph`, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    const other = await start({
      source: sampleSource(new Definitions({ assets: [new AssetSpec({ key: "one" })] })),
    });
    expect((await fetch(`${other.url}api/graph`, { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  it("reports which port is in use", async () => {
    const { port } = await start();
    await expect(startPageServer({ source: sampleSource(), port })).rejects.toMatchObject({
      code: "PAGE_PORT_TAKEN",
    });
  });

  it("sends its status to the browser immediately and on each change, and stops listening when the browser disconnects", async () => {
    let listeners = 0;
    let keys = ["one"];
    const loading = new InProcessDefinitionsSource({
      outlet: pageOutlet(),
      load: () => new Definitions({ assets: keys.map((key) => new AssetSpec({ key })) }),
    });
    const source: DefinitionsSource<PageContent> = {
      current: () => loading.current(),
      reload: () => loading.reload(),
      refresh: null,
      evaluateSensor: (request) => loading.evaluateSensor(request),
      close: () => loading.close(),
      onChange: (listener) => {
        const stop = loading.onChange(listener);
        listeners++;
        return () => {
          listeners--;
          stop();
        };
      },
    };
    const server = await start({ source });
    const browser = new AbortController();
    const { body } = await fetch(`${server.url}api/events`, { signal: browser.signal });
    const events = (body as ReadableStream<Uint8Array<ArrayBuffer>>)
      .pipeThrough(new TextDecoderStream())
      .getReader();
    let text = "";
    const statusWhere = async (isSo: (status: PageStatus) => boolean): Promise<PageStatus> => {
      for (;;) {
        for (const [, json = ""] of text.matchAll(/^data: (.*)\n\n/gm)) {
          const status = JSON.parse(json) as PageStatus;
          if (isSo(status)) return status;
        }
        const { value, done } = await events.read();
        if (done) throw new Error(`It ended: ${text}`);
        text += value;
      }
    };
    expect(await statusWhere(() => true)).toEqual({
      version: null,
      failure: null,
      progress: null,
      canRefresh: false,
      hasDagster: false,
    });
    await source.reload();
    const { version } = await statusWhere((status) => status.version !== null);
    keys = ["two"];
    await source.reload();
    await statusWhere((status) => status.version !== null && status.version !== version);
    expect(listeners).toBe(1);
    browser.abort();
    await vi.waitFor(() => expect(listeners).toBe(0));
  });
});
