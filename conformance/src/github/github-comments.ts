import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A server of the comments of one pull request. */
export interface GithubComments {
  readonly url: string;
  /** The comments, by id. */
  readonly comments: ReadonlyMap<number, string>;
  /** Method of each request that changed something. */
  readonly changes: readonly string[];
  close(): Promise<void>;
}

/**
 * Answers the requests for comments as GitHub's REST API does, 100 on a page.
 *
 * @param present the comments that exist
 */
export async function startGithubComments(
  token: string,
  present: readonly string[],
): Promise<GithubComments> {
  const comments = new Map(present.map((body, at) => [at + 1, body]));
  const changes: string[] = [];
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    if (request.headers.authorization !== `Bearer ${token}`)
      return answer(401, { message: "Bad credentials" });
    const one = /^\/repos\/harbor\/dbt\/issues\/comments\/(\d+)$/.exec(url.pathname);
    const isList = url.pathname === "/repos/harbor/dbt/issues/7/comments";
    if (request.method === "GET" && isList) {
      const start = (Number(url.searchParams.get("page")) - 1) * 100;
      return answer(
        200,
        [...comments].slice(start, start + 100).map(([id, body]) => ({ id, body })),
      );
    }
    const { body } = JSON.parse(await text(request)) as { readonly body: string };
    const id = request.method === "PATCH" ? Number(one?.[1]) : comments.size + 1;
    if (request.method === "PATCH" ? !comments.has(id) : !isList)
      return answer(404, { message: "Not Found" });
    changes.push(request.method ?? "");
    comments.set(id, body);
    return answer(request.method === "PATCH" ? 200 : 201, { id, body });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    changes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
