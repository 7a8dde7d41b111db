import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Authentication } from "./authentication.ts";
import type { Directory } from "./directory.ts";
import { type Fault, type FaultRule, type Faults, tooManyRequests } from "./faults.ts";
import type { Materializations } from "./materializations.ts";
import { answerWithQuirk, type Quirk } from "./quirks.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { Refusal } from "./refusal.ts";
import type { RequestLog } from "./request-log.ts";
import type { Match, Router } from "./router.ts";
import type { VariantRule } from "./variant-rule.ts";

export interface HttpServerParts {
  readonly authentication: Authentication;
  readonly directory: Directory;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly log: RequestLog;
  readonly materializations: Materializations;
  readonly router: Router;
  readonly variants: readonly VariantRule[];
  /** Delay of every response, in ms. */
  readonly delayMs: number;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Body that is not JSON, instead of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The route of the sign-in, which no router knows. */
export const tokenRoute = "/v2/auth/token";

/** The HTTP server of a sandbox. It applies faults, then authentication, then the route. */
export function createHttpServer(parts: HttpServerParts): Server {
  return createServer((request, response) => {
    void respond(parts, request, response);
  });
}

async function respond(
  parts: HttpServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { log, faults, limiter, router, delayMs } = parts;
  const url = new URL(request.url ?? "/", "http://sandbox");
  const method = request.method ?? "GET";
  const path = url.pathname;
  const match = router.find(method, path);
  const route = path === tokenRoute ? tokenRoute : (match?.route ?? "unknown");
  const logged = { method, route, path, query: url.search.slice(1) };
  log.begin();
  const body = method === "GET" ? "" : await readBody(request).catch(() => null);
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const rule: FaultRule | null = limiter.refuses(route)
    ? { fault: tooManyRequests() }
    : faults.next(route, path, logged.query);
  const fault = rule?.fault ?? null;
  if (rule?.afterEffect === true && body !== null) answerTo(parts, match, request, url, body, null);
  if (fault?.kind === "hang") {
    log.end({ ...logged, status: 0 });
    return;
  }
  if (body === null || fault?.kind === "drop") {
    log.end({ ...logged, status: 0 });
    request.socket.destroy();
    return;
  }
  const quirk = fault?.kind === "quirk" ? fault.quirk : null;
  const answer =
    fault === null || fault.kind === "cut" || fault.kind === "quirk"
      ? answerTo(parts, match, request, url, body, quirk)
      : faultAnswer(fault);
  log.end({ ...logged, status: answer.status });
  if (fault?.kind === "cut") {
    sendHalf(response, answer);
    return;
  }
  send(response, answer);
}

function answerTo(
  parts: HttpServerParts,
  match: Match | null,
  request: IncomingMessage,
  url: URL,
  body: string,
  quirk: Quirk | null,
): Answer {
  const { authentication, directory, materializations, variants } = parts;
  const { authorization } = request.headers;
  try {
    if (url.pathname === tokenRoute && request.method === "POST") {
      return { status: 200, body: authentication.token(new URLSearchParams(body), authorization) };
    }
    authentication.check(authorization);
    if (match === null) {
      throw new Refusal(404, "not_found", "Not found", { errorcause: "UnmatchedHandler" });
    }
    const rows = (query: URLSearchParams): unknown =>
      match.answer({
        directory,
        materializations,
        variants,
        path: url.pathname,
        part: (name) => match.parts.get(name) ?? "",
        query,
        body: parseJson(body),
      });
    const json = quirk === null ? rows(url.searchParams) : answerWithQuirk(quirk, url.searchParams, rows);
    return { status: 200, body: json };
  } catch (thrown) {
    if (thrown instanceof Refusal) return refusalAnswer(thrown);
    // A bug of the sandbox, returned to the client.
    return {
      status: 500,
      body: { code: "sandbox_error", message: thrown instanceof Error ? thrown.stack : thrown },
    };
  }
}

function refusalAnswer({ status, code, message, headers }: Refusal): Answer {
  return { status, body: { requestId: randomUUID(), message, code }, headers };
}

const page = "<html><body><h1>A gateway has something to say</h1></body></html>";

function faultAnswer(fault: Exclude<Fault, { readonly kind: "drop" | "cut" | "hang" | "quirk" }>): Answer {
  if (fault.kind === "html") return { status: 200, body: null, text: page };
  if (fault.kind === "empty") return { status: 200, body: null, text: "" };
  if (fault.html === true) return { status: fault.status, body: null, text: page };
  const { status, code = "internal_error", message = "Internal error", headers = {} } = fault;
  return refusalAnswer(new Refusal(status, code, message, headers));
}

/** Announces the whole body, sends half of it, and closes the connection. */
function sendHalf(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
}

function send(response: ServerResponse, { status, body, text: page, headers }: Answer): void {
  const text = page ?? JSON.stringify(body);
  response.writeHead(status, {
    "content-type": page === undefined ? "application/json; charset=utf-8" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "invalid_request", "The body is not JSON");
  }
}
