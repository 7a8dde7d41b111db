import { gzipSync } from "node:zlib";
import {
  builtText,
  changedGzip,
  changedPage,
  changedRows,
  drip,
  gzipBomb,
  raw,
  stream,
  text,
} from "./hostile-bodies.ts";
import type { Allowed, HostileCase } from "./hostile-case.ts";
import { type HostileAnswer, type HostileRequest, redirectTarget } from "./hostile-server.ts";

const mebibyte = 2 ** 20;
const spaces = Buffer.alloc(65_536, " ");

/** A failed listing ends the load; a failed detail does not. */
const ends = (...codes: readonly string[]): readonly Allowed[] =>
  codes.map((code) => `refused: ${code}` as const);

/** The same answer to the listing and to a detail of documents. */
function onBoth(
  name: string,
  answer: HostileAnswer,
  codes: readonly string[],
  more: Pick<HostileCase, "isSlow"> = {},
): readonly HostileCase[] {
  return [
    { name, route: "workbooks", answer, allowed: ends(...codes), ...more },
    { name, route: "lineage", answer, allowed: ["less", "same"], ...more },
  ];
}

const sizes: readonly HostileCase[] = [
  ...onBoth("a gzip bomb of 1 GiB", gzipBomb(1_024, " "), ["ANSWER_TOO_LARGE"]),
  ...onBoth("a gzip bomb of 256 MiB in one piece", gzipBomb(256, " ", { isWhole: true }), [
    "ANSWER_TOO_LARGE",
  ]),
  ...onBoth("a gzip bomb of JSON", gzipBomb(512, '[{"a":[]}],'), ["ANSWER_TOO_LARGE"]),
  ...onBoth("a body without end", stream(spaces), ["ANSWER_TOO_LARGE"]),
  ...onBoth("1 GiB, announced", stream(spaces, { headers: { "content-length": String(2 ** 30) } }), [
    "ANSWER_TOO_LARGE",
  ]),
  ...onBoth(
    "millions of empty arrays",
    builtText(() => `[${"[],".repeat(10_000_000)}[]]`),
    ["ANSWER_TOO_LARGE"],
  ),
  ...onBoth(
    "millions of objects",
    builtText(() => `[${'{"a":1},'.repeat(6_000_000)}{}]`),
    ["ANSWER_TOO_LARGE"],
  ),
  ...onBoth(
    "a million nested arrays",
    builtText(() => `${"[".repeat(1e6)}${"]".repeat(1e6)}`),
    ["ANSWER_TOO_LARGE"],
  ),
  ...onBoth("5,000 nested objects", text(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`), [
    "ANSWER_TOO_LARGE",
  ]),
  ...onBoth(
    "an object with a million keys",
    builtText(
      () => `{"entries":[],${Array.from({ length: 1_000_000 }, (_, key) => `"key ${key}":1`).join(",")}}`,
    ),
    ["ANSWER_TOO_LARGE"],
  ),
  ...onBoth(
    "a million objects with different keys",
    builtText(() => `[${Array.from({ length: 1_000_000 }, (_, key) => `{"key ${key}":1}`).join(",")}]`),
    ["ANSWER_TOO_LARGE"],
  ),
  ...onBoth("an error with a body without end", stream(spaces, { status: 503 }), ["ANSWER_TOO_LARGE"]),
  ...onBoth("an error with 1 MiB of HTML", text("<p>".repeat(350_000), 502), ["ANSWER_TOO_LARGE"]),
  {
    name: "a sign-in with a body without end",
    route: "sign-in",
    answer: stream(spaces),
    allowed: ends("ANSWER_TOO_LARGE"),
  },
  ...onBoth("a header of 1 MiB", raw(`HTTP/1.1 200 OK\r\nx-fill: ${"x".repeat(mebibyte)}\r\n\r\n{}`), [
    "SIGMA_CONNECTION",
  ]),
  ...onBoth("10,000 headers", raw(`HTTP/1.1 200 OK\r\n${"x-fill: y\r\n".repeat(10_000)}\r\n{}`), [
    "SIGMA_CONNECTION",
  ]),
  {
    name: "every answer with 40 MiB of spaces",
    route: "every call",
    answer: async ({ response, honest }) => {
      response.write(JSON.stringify(await honest()));
      response.end(Buffer.alloc(40 * mebibyte, " "));
    },
    allowed: ["same"],
  },
];

const times: readonly HostileCase[] = [
  ...onBoth("a byte a second", drip(" ", 1_000), ["SIGMA_TIMEOUT"], { isSlow: true }),
  ...onBoth(
    "a body that stops",
    drip("", 1_000, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
    ["SIGMA_TIMEOUT"],
    { isSlow: true },
  ),
  ...onBoth("no answer", () => undefined, ["SIGMA_TIMEOUT"], { isSlow: true }),
  ...onBoth(
    "a header of a byte a second",
    drip("x", 1_000, "HTTP/1.1 200 OK\r\nx-fill: "),
    ["SIGMA_TIMEOUT"],
    { isSlow: true },
  ),
  ...onBoth(
    "informational answers without end",
    ({ response, every }) => every(1, () => response.writeProcessing()),
    ["SIGMA_CONNECTION"],
  ),
  ...onBoth(
    "an informational answer a second",
    ({ response, every }) => every(1_000, () => response.writeProcessing()),
    ["SIGMA_TIMEOUT", "SIGMA_CONNECTION"],
    { isSlow: true },
  ),
  ...onBoth(
    "1 MiB in chunks of a byte",
    raw(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${"1\r\n \r\n".repeat(mebibyte)}0\r\n\r\n`),
    ["SIGMA_RESPONSE_INCOMPLETE"],
  ),
  {
    name: "a sign-in without an answer",
    route: "sign-in",
    answer: () => undefined,
    allowed: ends("SIGMA_TIMEOUT"),
    isSlow: true,
  },
  {
    name: "a sign-in of a byte a second",
    route: "sign-in",
    answer: drip(" ", 1_000),
    allowed: ends("SIGMA_TIMEOUT"),
    isSlow: true,
  },
  ...onBoth(
    "429 with Retry-After: 1, always",
    text("{}", 429, { "retry-after": "1" }),
    ["SIGMA_RATE_LIMIT"],
    { isSlow: true },
  ),
  ...onBoth(
    "503 with Retry-After: 99999999999999999999",
    text("{}", 503, { "retry-after": "9".repeat(20) }),
    ["SIGMA_SERVER"],
  ),
  ...onBoth(
    "503 with Retry-After in the year 9999",
    text("{}", 503, { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }),
    ["SIGMA_SERVER"],
  ),
  ...onBoth(
    "503 with Retry-After: -1 and nonsense",
    text("{}", 503, { "retry-after": "-1, soon" }),
    ["SIGMA_SERVER"],
    { isSlow: true },
  ),
];

const token = (fields: Readonly<Record<string, unknown>>): HostileAnswer =>
  changedPage((page) => ({ ...page, entries: undefined, ...fields }));

const signIns: readonly HostileCase[] = [
  ["a token that expires at once", token({ expires_in: 0 }), ["same"]],
  ["a token that expired long ago", token({ expires_in: -1e300 }), ["same"]],
  ["a token that never expires", token({ expires_in: 1e308 }), ["same"]],
  ["a token that is a number", token({ access_token: 7 }), ends("SIGMA_RESPONSE_SHAPE")],
  ["an empty token", token({ access_token: "" }), ends("SIGMA_RESPONSE_SHAPE")],
  ["a token with line ends", token({ access_token: "a\r\nx-evil: 1" }), ends("SIGMA_RESPONSE_SHAPE")],
  [
    "a token that Sigma does not know",
    token({ access_token: "unknown-token-unknown-token" }),
    ends("SIGMA_AUTHENTICATION"),
  ],
  [
    "a token of 60 KiB",
    token({ access_token: "x".repeat(60_000) }),
    ends("SIGMA_CONNECTION", "SIGMA_REQUEST", "SIGMA_AUTHENTICATION", "ANSWER_TOO_LARGE"),
  ],
  [
    "a sign-in that is refused with what it got",
    ({ request, response, secrets }: HostileRequest) => {
      response.writeHead(401, { "x-request-id": encodeURI(secrets.join(" ")) });
      response.end(
        JSON.stringify({
          code: `wrong ${secrets.join(" ")}`,
          message: `${request.url} ${secrets.join(" ")}`,
          requestId: secrets[0],
        }),
      );
    },
    ends("SIGMA_AUTHENTICATION"),
  ],
  ["a sign-in of HTML", text("<html>"), ends("SIGMA_RESPONSE_INCOMPLETE")],
].map(([name, answer, allowed]) => ({ name, route: "sign-in", answer, allowed }) as HostileCase);

const calls: readonly HostileCase[] = [
  {
    name: "401 for every token, and a closed connection",
    route: "workbooks",
    answer: text("{}", 401, { connection: "close" }),
    allowed: ends("SIGMA_AUTHENTICATION"),
  },
  {
    name: "401 for every token, and a closed connection",
    route: "every call",
    answer: text("{}", 401, { connection: "close" }),
    allowed: ends("SIGMA_AUTHENTICATION"),
  },
  ...onBoth("a redirect to another path", text("", 302, { location: redirectTarget }), ["SIGMA_REQUEST"]),
  ...onBoth(
    "a permanent redirect to another host",
    text("", 308, { location: `http://169.254.169.254${redirectTarget}` }),
    ["SIGMA_REQUEST"],
  ),
  ...onBoth("204", text("", 204), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("304", text("", 304), ["SIGMA_REQUEST"]),
  ...onBoth("101", raw("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"), [
    "SIGMA_CONNECTION",
    "SIGMA_REQUEST",
    "SIGMA_RESPONSE_INCOMPLETE",
  ]),
  ...onBoth("status 999", raw("HTTP/1.1 999 Odd\r\ncontent-length: 2\r\n\r\n{}"), [
    "SIGMA_SERVER",
    "SIGMA_CONNECTION",
  ]),
  ...onBoth("no HTTP", raw("hello\r\n\r\n"), ["SIGMA_CONNECTION"]),
  ...onBoth("two lengths", raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}"), [
    "SIGMA_CONNECTION",
  ]),
  ...onBoth(
    "a length and chunks",
    raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
    ["SIGMA_CONNECTION", "SIGMA_RESPONSE_SHAPE"],
  ),
  ...onBoth("a negative length", raw("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"), [
    "SIGMA_CONNECTION",
  ]),
  ...onBoth(
    "a chunk of an impossible size",
    raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}"),
    ["SIGMA_CONNECTION"],
  ),
  ...onBoth(
    "two answers to a request",
    raw(
      `${'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"other":1}'}${'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"other":2}'}`,
    ),
    ["SIGMA_RESPONSE_SHAPE", "SIGMA_CONNECTION"],
  ),
  ...onBoth(
    "a gzip with wrong bytes",
    changedGzip('{"entries":[]}', (bytes) =>
      Buffer.from(bytes.map((byte, at) => (at === 15 ? byte ^ 255 : byte))),
    ),
    ["SIGMA_RESPONSE_INCOMPLETE"],
  ),
  ...onBoth(
    "a cut gzip",
    changedGzip('{"entries":[]}', (bytes) => bytes.subarray(0, -9)),
    ["SIGMA_RESPONSE_INCOMPLETE"],
  ),
  ...onBoth(
    "a gzip in a gzip",
    changedGzip("{}", (bytes) => gzipSync(bytes)),
    ["SIGMA_RESPONSE_INCOMPLETE"],
  ),
  ...onBoth("a compression that nobody asked for", text(gzipSync("{}"), 200, { "content-encoding": "br" }), [
    "SIGMA_RESPONSE_INCOMPLETE",
  ]),
  ...onBoth("HTML", text("<html><body>Please sign in</body></html>"), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("JSON in UTF-16", text(Buffer.from('{"entries":[]}', "utf16le")), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("two JSON texts", text('{"entries":[]}{"entries":[]}'), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("a JSON text", text('"entries"'), ["SIGMA_RESPONSE_SHAPE"]),
  ...onBoth("a JSON null", text("null"), ["SIGMA_RESPONSE_SHAPE"]),
];

const pages: readonly HostileCase[] = [
  ...onBoth(
    "new rows without end",
    ({ response, count }) => {
      const entries = Array.from({ length: 1_000 }, (_, row) => ({
        workbookId: `id-${count}-${row}`,
        name: `Workbook ${row} of ${count}`,
        path: "My Documents",
        type: "element",
        elementId: `e${count}-${row}`,
        fill: "x".repeat(300),
      }));
      response.end(JSON.stringify({ entries, nextPage: String(count), hasMore: true, total: 1e9 }));
    },
    ["SIGMA_PAGINATION", "ANSWER_TOO_LARGE"],
  ),
  ...onBoth(
    "pages of one new row without end",
    ({ response, count }) => {
      const entries = [
        {
          workbookId: `id-${count}`,
          name: `Workbook ${count}`,
          path: "My Documents",
          type: "element",
          elementId: `e${count}`,
        },
      ];
      response.end(JSON.stringify({ entries, nextPage: String(count) }));
    },
    ["SIGMA_PAGINATION"],
    { isSlow: true },
  ),
  ...onBoth(
    "empty pages without end",
    ({ response, count }) => void response.end(JSON.stringify({ entries: [], nextPage: `${count}` })),
    ["SIGMA_PAGINATION"],
  ),
  ...onBoth(
    "the same cursor, always",
    changedPage((page) => ({ ...page, nextPage: "0", hasMore: true })),
    ["LIST_INCOMPLETE"],
  ),
  ...onBoth(
    "two cursors in turn",
    changedPage((page, { count }) => ({ ...page, nextPage: String(count % 2), hasMore: true })),
    ["LIST_INCOMPLETE", "SIGMA_PAGINATION", "SIGMA_REQUEST"],
  ),
  ...onBoth(
    "more rows, but no next page",
    changedPage((page) => ({ ...page, hasMore: true, nextPage: null })),
    ["LIST_INCOMPLETE"],
  ),
  ...onBoth(
    "a cursor of 1 MiB",
    changedPage((page) => ({ ...page, nextPage: "c".repeat(mebibyte) })),
    ["SIGMA_CONNECTION", "SIGMA_REQUEST"],
  ),
  ...onBoth(
    "a cursor with line ends and lone surrogates",
    changedPage((page) => ({ ...page, nextPage: "\r\n\ud800\u0000" })),
    ["SIGMA_REQUEST", "LIST_INCOMPLETE"],
  ),
  ...onBoth(
    "a cursor that is an object",
    changedPage((page) => ({ ...page, nextPage: { toString: 1 } })),
    ["SIGMA_RESPONSE_SHAPE"],
  ),
  ...onBoth(
    "hasMore that is an object",
    changedPage((page) => ({ ...page, hasMore: { toString: 1, valueOf: 1 } })),
    ["SIGMA_RESPONSE_SHAPE"],
  ).map((each) => ({ ...each, allowed: ["same"] as const })),
  {
    name: "a total above the rows",
    route: "workbooks",
    answer: changedRows((rows) => rows.slice(1)),
    allowed: ["less"],
  },
  {
    name: "a total of 1e308",
    route: "workbooks",
    answer: changedPage((page) => ({ ...page, total: 1e308 })),
    allowed: ["less", "same"],
  },
  {
    name: "a total below the rows",
    route: "workbooks",
    answer: changedPage((page) => ({ ...page, total: -1 })),
    allowed: ["same"],
  },
  {
    name: "a row that comes 1,000 times",
    route: "workbooks",
    answer: changedRows((rows) => Array.from({ length: 1_000 }, () => rows).flat()),
    allowed: ["same"],
  },
];

const rows: readonly HostileCase[] = [
  ...onBoth(
    "rows that are no objects",
    changedRows((all) => [null, 7, "x", [], ...all]),
    ["SIGMA_RESPONSE_SHAPE"],
  ).map((each) => ({ ...each, allowed: [...each.allowed, "less", "same"] as const })),
  {
    name: "ids like __proto__, .. and an empty one",
    route: "workbooks",
    answer: changedRows((all) => [
      ...all,
      ...["__proto__", "constructor", "..", ".", "", "a/../b", "%2e%2e", "?x", "#y"].map((workbookId) => ({
        ...all[0],
        workbookId,
        name: `Odd ${workbookId}`,
      })),
    ]),
    allowed: ["same", "less", ...ends("SIGMA_RESPONSE_SHAPE")],
  },
  {
    name: "ids with lone surrogates",
    route: "workbooks",
    answer: changedRows((all) => [...all, { ...all[0], workbookId: "\ud800", name: "Odd" }]),
    allowed: ["same", "less"],
  },
  {
    name: "names with terminal escapes, bidi and lone surrogates",
    route: "workbooks",
    answer: changedRows((all) =>
      all.map((row, index) => ({ ...row, name: `\u001b[2J\u001b]0;x\u0007\u202e\ud800${index}` })),
    ),
    allowed: ["less", "same"],
  },
  {
    name: "names with the credentials",
    route: "workbooks",
    answer: changedRows((all, { secrets }) =>
      all.map((row, index) => ({
        ...row,
        name: `${index} ${secrets.join(" ")} ${secrets.map((one) => Buffer.from(`x:${one}`).toString("base64")).join(" ")}`,
        description: secrets.map(encodeURIComponent).join(" "),
      })),
    ),
    allowed: ["less", "same"],
  },
  ...onBoth(
    "an error with the credentials",
    ({ response, secrets }) => {
      const said = secrets.join(" ");
      response.writeHead(400, { "x-request-id": encodeURI(said) });
      response.end(JSON.stringify({ code: said, message: `You sent ${said}`, requestId: said }));
    },
    ["SIGMA_REQUEST"],
  ),
  {
    name: "a name of 20 MiB",
    route: "workbooks",
    answer: changedRows((all) =>
      all.map((row, index) => (index === 0 ? { ...row, name: "x".repeat(20 * mebibyte) } : row)),
    ),
    allowed: ["less", "same"],
  },
  {
    name: "SQL of 20 MiB",
    route: "lineage",
    answer: changedRows((all) => [
      ...all,
      {
        type: "customSQL",
        name: "sql",
        connectionId: "c",
        definition: `select ${"a, ".repeat(7_000_000)} b from t`,
      },
    ]),
    allowed: ["less", "same"],
  },
];

/** Hostile answers, at least 60. */
export const hostileCases: readonly HostileCase[] = [
  ...sizes,
  ...times,
  ...signIns,
  ...calls,
  ...pages,
  ...rows,
];
