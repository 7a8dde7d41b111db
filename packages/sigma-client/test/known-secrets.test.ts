import { inspect } from "node:util";
import { createLogger } from "@dagster-sigma/foundation";
import { describe, expect, it } from "vitest";
import { KnownSecrets } from "../src/http/known-secrets.ts";
import { type RawAnswer, SigmaClient } from "../src/index.ts";
import { type ScriptedAnswer, startScriptedServer } from "./scripted-server.ts";
import { createTestClient } from "./test-client.ts";

/** With characters that URLs, JSON and base64 escape. */
const clientSecret = 'top+secret/"key"~&=ö';
const clientId = "the-client-id";
const token = "eyJ0b2tlbg.abc-DEF_123";

const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).toLowerCase(),
  new URLSearchParams({ secret }).toString().slice("secret=".length),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString("base64"),
  Buffer.from(secret).toString("base64url"),
  Buffer.from(`${clientId}:${secret}`).toString("base64"),
  Buffer.from(`client_secret=${secret}&x`).toString("base64url"),
  Buffer.from(`a${secret}`).toString("base64"),
  Buffer.from(`ab${secret}`).toString("base64"),
];

/** Whether a text contains a form of a secret, or most of it. */
const leaks = (text: string): readonly string[] =>
  [clientSecret, token]
    .flatMap(formsOf)
    .map((form) => form.replace(/=+$/, "").slice(3, -4))
    .filter((part) => text.includes(part));

describe("known secrets", () => {
  it.each([...formsOf(clientSecret), ...formsOf(token)])("are removed from a text with %s", (form) => {
    const secrets = new KnownSecrets();
    secrets.add(clientSecret);
    secrets.add(token);
    const redacted = secrets.redact(`before ${form} after ${form}`);
    expect(leaks(redacted)).toEqual([]);
    expect(redacted).toMatch(/^before .*\[redacted\].* after .*\[redacted\]/);
  });

  it("leave other texts as they are, also if a secret is an ordinary short word", () => {
    const secrets = new KnownSecrets();
    secrets.add("sales");
    secrets.add("");
    expect(secrets.redact("Sales of sales")).toBe("Sales of sales");
  });
});

describe("a server that echoes its requests", () => {
  const echo =
    (status: number): ScriptedAnswer =>
    (response, request) => {
      const { authorization = "" } = request.headers;
      const said = [authorization, ...formsOf(clientSecret), ...formsOf(token)].join(" ");
      response.writeHead(status, { "x-request-id": encodeURI(said), "content-type": "application/json" });
      response.end(
        JSON.stringify({
          code: said.slice(0, 190),
          message: said.slice(40),
          name: said,
          workbookId: said,
          nextPage: null,
        }),
      );
    };

  it.each([200, 400, 401, 403, 404, 429, 500])(
    "with status %i prints no secret: in errors, logs, rows, recorded answers and incomplete listings",
    async (status) => {
      const server = await startScriptedServer(
        ({ path }) =>
          path.endsWith("/pages") ? { text: `<html>${formsOf(token).join(" ")}` } : echo(status),
        () => ({ json: { access_token: token, refresh_token: `${clientSecret}2` } }),
      );
      const out: unknown[] = [];
      const answers: RawAnswer[] = [];
      const { client } = createTestClient(server.baseUrl, {
        clientId,
        clientSecret,
        logger: createLogger("text", (line) => out.push(line)),
        onAnswer: (answer) => answers.push(answer),
      });
      out.push(await client.workbooks.get("w").catch((error: unknown) => error));
      out.push(await client.workbooks.get(token).catch((error: unknown) => error));
      out.push(
        await client.workbooks
          .pages("w")
          .toArray()
          .catch((error: unknown) => error),
      );
      out.push(answers);
      const text = out
        .map((one) => `${JSON.stringify(one)} ${inspect(one, { depth: 20, showHidden: true })}`)
        .join("\n");
      expect(answers.length).toBeGreaterThan(1);
      expect(text).toContain("[redacted]");
      expect(leaks(text)).toEqual([]);
    },
  );

  it("to a sign-in prints only status and code", async () => {
    for (const status of [400, 401, 403, 503]) {
      const server = await startScriptedServer(
        () => ({ json: {} }),
        ({ body }) => ({
          status,
          headers: { "x-request-id": "request-1" },
          json: { code: `refused ${clientSecret}`, message: `You sent ${body}`, requestId: "request-2" },
        }),
      );
      const { client } = createTestClient(server.baseUrl, { clientId, clientSecret });
      const failure: unknown = await client.whoami().catch((error: unknown) => error);
      const text = inspect(failure, { depth: 20, showHidden: true });
      expect(text).toContain(String(status));
      expect(text).not.toMatch(/You sent|request-\d|the-client-id/);
      expect(leaks(text)).toEqual([]);
      expect(failure).toMatchObject({ sigmaCode: "refused [redacted]", requestId: null });
    }
  });

  it("instead of HTTP does not get into the error", async () => {
    const server = await startScriptedServer(
      () => (response, request) => {
        request.socket.end(`HTTP/1.1 200 OK\r\nbad header ${request.headers.authorization}\r\n\r\n`);
        response.destroy();
      },
      () => ({ json: { access_token: token } }),
    );
    const { client } = createTestClient(server.baseUrl, { clientId, clientSecret });
    const failure: unknown = await client.whoami().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "SIGMA_CONNECTION" });
    expect(leaks(inspect(failure, { depth: 20, showHidden: true }))).toEqual([]);
  });
});

describe("a base URL", () => {
  const secret = "0123456789abcdef0123456789abcdef0123456789abcdef";
  it.each([
    secret,
    `https://${secret}`,
    `https://${secret}.com/v2/x`,
    `https://api.sigmacomputing.com/?key=${secret}`,
    `https://api.sigmacomputing.com/${secret}`,
    `https://me:${secret}@api.sigmacomputing.com`,
    `http://${secret}.example.com`,
    `app.${secret}`,
    `https://app.${secret}.com`,
    `${secret}.com`,
  ])("with a secret in it (%s) is not printed", (baseUrl) => {
    let failure: unknown;
    try {
      new SigmaClient({ baseUrl, clientId, clientSecret });
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: "SIGMA_BASE_URL_INVALID" });
    const { hint } = failure as { readonly hint: string };
    expect(`${inspect(failure, { showHidden: true })} ${hint}`).not.toMatch(/0123456789abcdef/i);
  });

  it("that is the client secret is refused, even if it looks like a host", () => {
    const create = (): SigmaClient =>
      new SigmaClient({
        baseUrl: "https://sesame.example.org",
        clientId,
        clientSecret: "sesame.example.org",
      });
    expect(create).toThrow(/contains the client secret/);
  });
});
