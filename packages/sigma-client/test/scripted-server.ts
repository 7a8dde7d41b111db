import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** The response: JSON with status 200, a full response, or a function that writes the raw response. */
export type ScriptedAnswer =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly text: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse, request: IncomingMessage) => void);

export interface ScriptedServer {
  readonly baseUrl: string;
  /** All requests except those for tokens. */
  readonly seen: readonly SeenRequest[];
  readonly tokenRequests: readonly SeenRequest[];
}

/** An HTTP server on 127.0.0.1 with responses from the test. It closes when the test ends. Sign-in always succeeds. */
export async function startScriptedServer(
  answer: (request: SeenRequest, count: number) => ScriptedAnswer,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const tokenRequests: SeenRequest[] = [];
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
    };
    if (one.path === "/v2/auth/token") {
      tokenRequests.push(one);
      send({ json: { access_token: `token-${tokenRequests.length}`, expires_in: 3600 } }, request, response);
      return;
    }
    seen.push(one);
    send(answer(one, seen.length), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, tokenRequests };
}

function send(answer: ScriptedAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === "function") {
    answer(response, request);
    return;
  }
  response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
  response.end("text" in answer ? answer.text : JSON.stringify(answer.json));
}
