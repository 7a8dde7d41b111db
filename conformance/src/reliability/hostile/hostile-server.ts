import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sandbox } from "@dagster-sigma/sigma-sandbox";

/** A request for which a hostile answer is written. */
export interface HostileRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Number of requests with a hostile answer so far, including this one. */
  readonly count: number;
  /** Everything that the client has sent as a credential so far. */
  readonly secrets: readonly string[];
  /** Runs until the connection closes. */
  readonly every: (ms: number, work: () => void) => void;
  /** The answer that the sandbox gives, as JSON. */
  readonly honest: () => Promise<unknown>;
}

/** Writes an answer; it may also never end. */
export type HostileAnswer = (request: HostileRequest) => void | Promise<void>;

export interface HostileServer {
  readonly baseUrl: string;
  /** Number of requests with a hostile answer. */
  readonly hostileRequests: number;
  /** Number of all requests. */
  readonly requests: number;
  /** Requests that followed a redirect. */
  readonly followed: number;
  /** Every credential that the client has sent. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
}

/** The path that redirects name; a request for it was redirected. */
export const redirectTarget = "/redirected";

/** A server in front of a sandbox that answers some requests itself. */
export async function startHostileServer(
  sandbox: Sandbox,
  isHostile: (path: string) => boolean,
  answer: HostileAnswer,
): Promise<HostileServer> {
  const counts = { hostileRequests: 0, requests: 0, followed: 0 };
  const secrets = new Set<string>([sandbox.clientSecret]);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    counts.requests++;
    const url = new URL(request.url ?? "/", "http://hostile");
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    if (url.pathname.startsWith(redirectTarget)) counts.followed++;
    const { authorization } = request.headers;
    if (authorization !== undefined) secrets.add(authorization.replace(/^Bearer /, ""));
    const honest = (): Promise<IncomingMessage> => forward(sandbox, request, Buffer.concat(body));
    if (!isHostile(url.pathname)) {
      const answered = await honest();
      response.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(response);
      return;
    }
    counts.hostileRequests++;
    await answer({
      request,
      response,
      url,
      count: counts.hostileRequests,
      secrets: [...secrets],
      every: (ms, work) => {
        const timer = setInterval(work, ms);
        request.socket.on("close", () => clearInterval(timer));
      },
      honest: async () => JSON.parse(await textOf(await honest())),
    });
  };
  const server = createServer((request, response) => {
    // A connection that the client closes is no error here.
    response.on("error", () => undefined);
    respond(request, response).catch(() => request.socket.destroy());
  });
  server.on("connection", (socket) => socket.on("error", () => undefined));
  // Headers and methods that Node would refuse are answered, too.
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    get hostileRequests() {
      return counts.hostileRequests;
    },
    get requests() {
      return counts.requests;
    },
    get followed() {
      return counts.followed;
    },
    get secrets() {
      return [...secrets];
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(sandbox: Sandbox, request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { host: _host, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const options = { method: request.method, headers, agent: false };
    const sent = sendRequest(`${sandbox.baseUrl}${request.url}`, options, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
