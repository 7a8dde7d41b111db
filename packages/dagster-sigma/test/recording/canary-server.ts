import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer of any form. */
export interface CanaryAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A server that gives every request but the sign-in the same answer. It does not keep the process running. */
export async function startCanaryServer(answer: CanaryAnswer): Promise<string> {
  const token = { access_token: "made-up-token", token_type: "bearer", expires_in: 3_600 };
  const [answerText, tokenText] = [JSON.stringify(answer.body), JSON.stringify(token)];
  const server = createServer((request, response) => {
    request.resume();
    const isSignIn = request.url?.startsWith("/v2/auth/token") === true;
    response.writeHead(200, { "content-type": "application/json", ...(isSignIn ? {} : answer.headers) });
    response.end(isSignIn ? tokenText : answerText);
  });
  server.unref();
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
