import { gunzipSync } from "node:zlib";
import type { HonoRequest } from "hono";
import type { PageContent } from "../encoding/page-content.ts";

/** Answers 304 for content that the browser already has; without compression only if the client cannot read it. */
export function answerPart(
  content: PageContent | null,
  request: HonoRequest,
  partOf: (content: PageContent) => Uint8Array<ArrayBuffer>,
): Response {
  if (content === null) {
    return new Response('{"error":"Nothing is loaded yet."}', {
      status: 503,
      headers: { "content-type": "application/json" },
    });
  }
  const etag = `"${content.version}"`;
  const vary = "accept-encoding";
  if (request.header("if-none-match") === etag)
    return new Response(null, { status: 304, headers: { etag, vary } });
  const gzipped = partOf(content);
  if (/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(request.header("accept-encoding") ?? ""))
    return jsonResponse(gzipped, { etag, vary, "content-encoding": "gzip" });
  return jsonResponse(new Uint8Array(gunzipSync(gzipped)), { etag, vary });
}

/** An answer that a browser checks before it uses it again. */
export function jsonResponse(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(bytes, {
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-cache", ...headers },
  });
}
