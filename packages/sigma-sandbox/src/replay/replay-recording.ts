import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { listenLocally } from "../server/listen-locally.ts";

/** A server that replays recorded responses. */
export interface Replay {
  /** `http://127.0.0.1:port` */
  readonly baseUrl: string;
  /** Client id; the server accepts any credentials. */
  readonly clientId: string;
  /** Client secret; the server accepts any credentials. */
  readonly clientSecret: string;
  /** Number of recorded responses. */
  readonly answers: number;
  /** Stops the server and closes its connections. */
  close(): Promise<void>;
}

interface RecordedAnswer {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly status: number;
  readonly errorCause: string | null;
  readonly body?: unknown;
  /** The beginning of a body that is not JSON, instead of `body`. */
  readonly text?: string;
}

/**
 * Serves a recording of `dagster-sigma doctor --record`. Several responses to one request are replayed in order, and
 * the last one is repeated; requests that were not recorded return 404.
 *
 * @throws Error if the file cannot be read or is not a recording
 */
export async function replayRecording(
  file: string,
  options: { readonly port?: number } = {},
): Promise<Replay> {
  const recorded = new Map<string, RecordedAnswer[]>();
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  for (const line of lines) {
    const answer = JSON.parse(line) as RecordedAnswer;
    const key = requestKey(answer.method, answer.path, answer.query);
    recorded.set(key, [...(recorded.get(key) ?? []), answer]);
  }
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://sigma.example");
      if (url.pathname === "/v2/auth/token") {
        const body = { access_token: "replayed", token_type: "bearer", expires_in: 3599 };
        send(response, { status: 200, body });
        return;
      }
      const answers = recorded.get(requestKey(request.method ?? "", url.pathname, [...url.searchParams]));
      const answer = answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
      if (answer === undefined)
        send(response, { status: 404, body: { code: "not_found", message: "Not recorded" } });
      else send(response, answer);
    });
  });
  return {
    ...(await listenLocally(server, options.port)),
    clientId: "sandbox-client",
    clientSecret: "sandbox-secret",
    answers: lines.length,
  };
}

function send(
  response: ServerResponse,
  { status, errorCause = null, body, text }: Partial<RecordedAnswer> & Pick<RecordedAnswer, "status">,
): void {
  response.writeHead(status, {
    "content-type": text === undefined ? "application/json" : "text/html",
    ...(errorCause === null ? {} : { errorcause: errorCause }),
  });
  response.end(text ?? JSON.stringify(body));
}

/** Identifies a request; the order of its query parameters has no effect. */
function requestKey(method: string, path: string, query: readonly (readonly [string, string])[]): string {
  const parameters = query.map(([name, value]) => `${name}=${value}`).sort();
  return `${method} ${decodeURIComponent(path)}?${parameters.join("&")}`;
}
