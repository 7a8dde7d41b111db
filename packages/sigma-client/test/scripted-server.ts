import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Time of arrival, in ms of `performance.now()`. */
  readonly cameAtMs: number;
}

/** The response: JSON with status 200, a full response, or a function that writes the raw response. */
export type ScriptedAnswer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly text: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse, request: IncomingMessage) => void);

/** Returns the answer. With a promise, the request is in flight until the promise resolves. */
type Script = (request: SeenRequest, count: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

export interface ScriptedServer {
  readonly baseUrl: string;
  /** All requests except token requests. */
  readonly seen: readonly SeenRequest[];
  readonly tokenRequests: readonly SeenRequest[];
  /** Maximum number of requests in flight, without token requests. */
  readonly maxInFlight: number;
}

/**
 * A real server on 127.0.0.1 whose answers are set by the test. It closes when the test ends. By default, sign-in succeeds; a
 * sign-in request that is not a form is rejected.
 */
export async function startScriptedServer(
  answer: Script,
  token: Script = (_request, count) => ({ json: { access_token: `token-${count}`, expires_in: 3600 } }),
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const tokenRequests: SeenRequest[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://scripted");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one: SeenRequest = {
      method: request.method ?? "",
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      cameAtMs: performance.now(),
    };
    if (one.path === "/v2/auth/token") {
      tokenRequests.push(one);
      const isForm = one.headers["content-type"] === "application/x-www-form-urlencoded";
      send(isForm ? await token(one, tokenRequests.length) : { json: {}, status: 415 }, request, response);
      return;
    }
    seen.push(one);
    maxInFlight = Math.max(maxInFlight, ++inFlight);
    const scripted = await answer(one, seen.length);
    // The client may send its next request before the server is notified that its answer was sent.
    inFlight--;
    send(scripted, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    tokenRequests,
    get maxInFlight() {
      return maxInFlight;
    },
  };
}

function send(answer: ScriptedAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === "function") {
    answer(response, request);
    return;
  }
  response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
  response.end("text" in answer ? answer.text : JSON.stringify(answer.json));
}
