import { gzipSync } from "node:zlib";
import { changedGzip, raw, text } from "./hostile-bodies.ts";
import { ends, type HostileCase, onBoth } from "./hostile-case.ts";
import { redirectTarget } from "./hostile-server.ts";

/** Answers that are not what HTTP or JSON allow, or that lead elsewhere. */
export const hostileAnswers: readonly HostileCase[] = [
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
  ...onBoth("a compression that was not requested", text(gzipSync("{}"), 200, { "content-encoding": "br" }), [
    "SIGMA_RESPONSE_INCOMPLETE",
  ]),
  ...onBoth("HTML", text("<html><body>Please sign in</body></html>"), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("JSON in UTF-16", text(Buffer.from('{"entries":[]}', "utf16le")), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("two JSON texts", text('{"entries":[]}{"entries":[]}'), ["SIGMA_RESPONSE_INCOMPLETE"]),
  ...onBoth("a JSON text", text('"entries"'), ["SIGMA_RESPONSE_SHAPE"]),
  ...onBoth("a JSON null", text("null"), ["SIGMA_RESPONSE_SHAPE"]),
];
