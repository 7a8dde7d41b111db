import { changedPage, drip, raw, text } from "./hostile-bodies.ts";
import { ends, type HostileCase, onBoth } from "./hostile-case.ts";
import type { HostileAnswer, HostileRequest } from "./hostile-server.ts";

const mebibyte = 2 ** 20;

/** Answers that take too long. */
export const hostileTimes: readonly HostileCase[] = [
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

/** Hostile answers to a sign-in. */
export const hostileSignIns: readonly HostileCase[] = [
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
