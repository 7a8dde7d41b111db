import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DagsterClient, DagsterClientError, type DagsterClientOptions } from "../src/index.ts";
import { closedPort, type ScriptedDagster, sendJson, startScriptedDagster } from "./scripted-dagster.ts";

const versionSchema = z.object({ version: z.string() });
const token = "s3cret-token";

function ask(
  { url }: Pick<ScriptedDagster, "url">,
  options: Partial<DagsterClientOptions> = {},
): Promise<{ version: string }> {
  return new DagsterClient({ url, token, ...options }).query("{ version }", {}, versionSchema);
}

/** The error of a query, after checking that nothing in it shows the token. */
async function failureOf(query: Promise<unknown>): Promise<DagsterClientError> {
  const error: unknown = await query.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DagsterClientError)) throw new Error(`no DagsterClientError: ${String(error)}`);
  const shown = [error.message, error.stack, error.hint, JSON.stringify(error), String(error.cause)].join(
    "\n",
  );
  expect(shown).not.toContain(token);
  return error;
}

describe("a query", () => {
  const answerVersion = (): Promise<ScriptedDagster> =>
    startScriptedDagster((response) => sendJson(response, { data: { version: "1.13.0" } }));

  it("sends document, variables and token, and returns the checked data", async () => {
    const dagster = await answerVersion();
    const client = new DagsterClient({ url: dagster.url, token });
    const document = "query Version($x: Int) { version }";
    await expect(client.query(document, { x: 1 }, versionSchema)).resolves.toEqual({ version: "1.13.0" });
    expect(dagster.seen).toHaveLength(1);
    const [request] = dagster.seen;
    expect([request?.method, request?.path]).toEqual(["POST", "/graphql"]);
    expect(JSON.parse(request?.body ?? "")).toEqual({ query: document, variables: { x: 1 } });
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "dagster-cloud-api-token": token,
    });
  });

  it.each([
    ["no token", undefined],
    ["an empty token", " \n"],
  ])("sends no token header for %s", async (_what, empty) => {
    const dagster = await answerVersion();
    await ask(dagster, { token: empty });
    expect(dagster.seen[0]?.headers).not.toHaveProperty("dagster-cloud-api-token");
  });

  it("trims the newline of a token that was read from a file", async () => {
    const dagster = await answerVersion();
    await ask(dagster, { token: `${token}\n` });
    expect(dagster.seen[0]?.headers["dagster-cloud-api-token"]).toBe(token);
  });

  it.each([
    ["", "/graphql"],
    ["/", "/graphql"],
    ["/graphql", "/graphql"],
    ["/graphql/", "/graphql"],
    ["/prod", "/prod/graphql"],
    ["/prod//", "/prod/graphql"],
    ["/prod/graphql", "/prod/graphql"],
    ["/my-graphql", "/my-graphql/graphql"],
    ["/?page=1#top", "/graphql"],
  ])("is sent to the GraphQL API of a URL that ends with '%s'", async (end, path) => {
    const dagster = await answerVersion();
    await ask({ url: `${dagster.url}${end}` });
    expect(dagster.seen.map((request) => request.path)).toEqual([path]);
  });

  it("is canceled by its signal, with the signal's reason", async () => {
    const dagster = await startScriptedDagster(() => controller.abort(reason));
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const client = new DagsterClient({ url: dagster.url });
    const query = client.query("{ version }", {}, versionSchema, { signal: controller.signal });
    await expect(query).rejects.toBe(reason);
    const late = client.query("{ version }", {}, versionSchema, { signal: controller.signal });
    await expect(late).rejects.toBe(reason);
    expect(dagster.seen).toHaveLength(1);
  });
});

describe("an answer that cannot be used is an error", () => {
  it.each([
    [401, { errors: [{ message: "no" }] }, "DAGSTER_REFUSED", "answered 401"],
    [403, {}, "DAGSTER_REFUSED", "answered 403"],
    [404, null, "DAGSTER_REFUSED", "answered 404"],
    [503, {}, "DAGSTER_REFUSED", "answered 503"],
    [400, { errors: [{ message: "Cannot query field" }] }, "DAGSTER_QUERY_FAILED", '"Cannot query field"'],
    [200, { errors: [{ message: "one" }, { message: "two" }] }, "DAGSTER_QUERY_FAILED", '"one" (and 1 more)'],
    [200, { data: null, errors: [{ message: "a\nb" }] }, "DAGSTER_QUERY_FAILED", '"a b"'],
    [200, { data: { version: "1" }, errors: [{ message: "half" }] }, "DAGSTER_QUERY_FAILED", '"half"'],
    [200, { data: { version: 1 } }, "DAGSTER_ANSWER_INVALID", "data.version: Invalid input: expected string"],
    [200, { data: null }, "DAGSTER_ANSWER_INVALID", "(data: Invalid input"],
    [200, { errors: [] }, "DAGSTER_ANSWER_INVALID", "(data: Invalid input"],
    [200, { errors: "no" }, "DAGSTER_ANSWER_INVALID", "not a GraphQL answer"],
    [200, [], "DAGSTER_ANSWER_INVALID", "not a GraphQL answer"],
  ])("%i %j", async (status, json, code, text) => {
    const dagster = await startScriptedDagster((response) => sendJson(response, json, status));
    const error = await failureOf(ask(dagster));
    expect(error).toMatchObject({ code, status, endpoint: `${dagster.url}/graphql` });
    expect(error.message).toContain(`Dagster at ${dagster.url}/graphql `);
    expect(error.message).toContain(text);
  });

  it.each([
    ["text/html", "<html>Sign in</html>", "text/html that is not JSON"],
    ["application/json", '{"data": {"vers', "application/json that is not JSON"],
    ["application/json", "", "application/json that is not JSON"],
  ])("%s %s", async (type, body, text) => {
    const dagster = await startScriptedDagster((response) => {
      response.writeHead(200, { "content-type": type }).end(body);
    });
    const error = await failureOf(ask(dagster));
    expect(error).toMatchObject({ code: "DAGSTER_ANSWER_INVALID", status: 200 });
    expect(error.message).toContain(text);
  });

  it.each([301, 302, 303, 307, 308])("%i, which is not followed", async (status) => {
    const other = await startScriptedDagster((response) => sendJson(response, { data: { version: "1" } }));
    const dagster = await startScriptedDagster((response) => {
      const target = other.url.replace("//", "//user:password@");
      response.writeHead(status, { location: `${target}/login?state=${token}` }).end();
    });
    const error = await failureOf(ask(dagster));
    expect(error).toMatchObject({ code: "DAGSTER_REDIRECT", status });
    expect(error.message).toContain(`redirects to ${other.url}/login (${status})`);
    expect(other.seen).toEqual([]);
  });

  it.each([
    ["as it is", (text: string) => Buffer.from(text), {}],
    ["compressed", (text: string) => gzipSync(text), { "content-encoding": "gzip" }],
  ])("larger than the limit, %s", async (_what, encode, headers) => {
    const body = encode(JSON.stringify({ data: { version: "x".repeat(3 * 2 ** 20) } }));
    const dagster = await startScriptedDagster((response) => {
      response.writeHead(200, headers).end(body);
    });
    const error = await failureOf(ask(dagster, { maxAnswerBytes: 2 * 2 ** 20 }));
    expect(error.code).toBe("DAGSTER_ANSWER_TOO_LARGE");
    expect(error.message).toContain("more than 2 MiB");
    await expect(ask(dagster)).resolves.toHaveProperty("version");
  });

  it.each([
    ["before it begins", () => undefined],
    ["in its middle", (begin: () => void) => begin()],
  ])("that stops %s, after the time limit", async (_what, begin) => {
    const dagster = await startScriptedDagster((response) => {
      begin(() => response.writeHead(200, { "content-type": "application/json" }).write('{"data":'));
    });
    const error = await failureOf(ask(dagster, { timeoutMs: 200 }));
    expect(error.code).toBe("DAGSTER_TIMEOUT");
    expect(error.message).toContain("within 0.2 s");
  });

  it("that is cut off", async () => {
    const dagster = await startScriptedDagster((response) => {
      response.writeHead(200, { "content-length": "1000" }).write('{"data":', () => response.destroy());
    });
    expect((await failureOf(ask(dagster))).code).toBe("DAGSTER_UNREACHABLE");
  });

  it.each(["127.0.0.1", "localhost"])("when nothing listens on %s", async (host) => {
    const error = await failureOf(ask({ url: `http://${host}:${await closedPort()}` }));
    expect(error.code).toBe("DAGSTER_UNREACHABLE");
    expect(error.message).toContain("cannot be reached (connect ECONNREFUSED");
  });

  it("without the token, if the server repeats it", async () => {
    const dagster = await startScriptedDagster((response, { headers }) =>
      sendJson(response, { errors: [{ message: `bad token ${headers["dagster-cloud-api-token"]}` }] }),
    );
    expect((await failureOf(ask(dagster))).message).toContain("bad token [token]");
  });

  it("with a short message, if the server sends a long one", async () => {
    const message = `${"x".repeat(495)}${token}${"y".repeat(100_000)}`;
    const dagster = await startScriptedDagster((response) => sendJson(response, { errors: [{ message }] }));
    const { length } = (await failureOf(ask(dagster))).message;
    expect(length).toBeLessThan(700);
  });
});

describe("options that cannot be used are an error", () => {
  it.each(["", "localhost:3000", "127.0.0.1:3000", "ftp://dagster", "file:///dagster", "/graphql"])(
    "the URL '%s'",
    (url) => {
      expect(() => new DagsterClient({ url })).toThrow(
        expect.objectContaining({ code: "DAGSTER_URL_INVALID", endpoint: null }),
      );
    },
  );

  it("a URL with a password, which the message does not repeat", async () => {
    const query = async (): Promise<unknown> => ask({ url: `https://user:${token}@dagster.example` });
    expect((await failureOf(query())).message).toContain("contains a user name or password");
  });

  it.each([`${token}\nx-other: 1`, `${token}ü`])(
    "a token with characters that are not valid in a header",
    async (odd) => {
      const query = async (): Promise<unknown> => ask({ url: "http://dagster.example" }, { token: odd });
      expect((await failureOf(query())).code).toBe("DAGSTER_TOKEN_INVALID");
    },
  );
});

describe("reportAssetMaterialization", () => {
  it("posts key, metadata and data version to the endpoint beside GraphQL, with the token", async () => {
    const { url, seen } = await startScriptedDagster((response) => sendJson(response, {}));
    const client = new DagsterClient({ url: `${url}/prod/graphql`, token: "secret" });
    await client.reportAssetMaterialization({
      assetKey: ["a/b", "c"],
      metadata: { seconds: 1.5 },
      dataVersion: "v1",
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", path: "/prod/report_asset_materialization/" });
    // Dagster accepts no other content type, also not with a charset.
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
    expect(seen[0]?.headers["dagster-cloud-api-token"]).toBe("secret");
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      asset_key: ["a/b", "c"],
      metadata: { seconds: 1.5 },
      data_version: "v1",
    });
  });

  it.each([
    [400, { error: "bad metadata secret" }, "DAGSTER_REFUSED", 'refused a report: "bad metadata [token]"'],
    [401, { error: "Not authorized" }, "DAGSTER_REFUSED", "answered 401"],
    [302, {}, "DAGSTER_REDIRECT", "redirects"],
    [500, {}, "DAGSTER_REFUSED", "answered 500"],
    [200, "fine", "DAGSTER_ANSWER_INVALID", "not JSON"],
  ] as const)("fails on %i with %j", async (status, json, code, words) => {
    const { url } = await startScriptedDagster((response) => sendJson(response, json, status));
    const client = new DagsterClient({ url, token: "secret" });
    await expect(client.reportAssetMaterialization({ assetKey: ["a"] })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });
});
