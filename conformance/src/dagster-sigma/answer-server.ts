import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServedOrganization } from "./load-case.ts";

/** Answers by path below `/v2/`; the key includes the query if several pages share a path. */
export type Answers = Readonly<Record<string, unknown>>;

export interface AnswerServer extends ServedOrganization {
  close(): Promise<void>;
}

/** Serves fixed answers like Sigma; paths without an answer return 404. */
export async function startAnswerServer(answers: Answers): Promise<AnswerServer> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => answer(request, response, answers));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    clientId: `client-${port}`,
    clientSecret: "secret",
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, answers: Answers): void {
  const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const url = new URL(request.url ?? "", "http://sigma.example");
  const path = decodeURIComponent(url.pathname.replace(/^\/v2\//, ""));
  if (path === "auth/token") {
    send(200, { access_token: "token", token_type: "bearer", expires_in: 3599 });
    return;
  }
  const page = url.searchParams.get("page");
  const name = page === null ? path : `${path}?page=${page}`;
  if (name in answers) send(200, answers[name]);
  else send(404, { code: "not_found", message: "Not found" }, { errorcause: "UnmatchedHandler" });
}
