import { builtText, gzipBomb, raw, stream, text } from "./hostile-bodies.ts";
import { ends, type HostileCase, onBoth } from "./hostile-case.ts";

const mebibyte = 2 ** 20;
const spaces: Buffer = Buffer.alloc(65_536, " ");

/** Answers that are too large. */
export const hostileSizes: readonly HostileCase[] = [
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
  ...onBoth("60,000 nested objects", text(`${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)}`), [
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
    name: "every answer with 10 MiB of spaces",
    route: "every call",
    answer: async ({ response, honest }) => {
      response.write(JSON.stringify(await honest()));
      response.end(Buffer.alloc(10 * mebibyte, " "));
    },
    allowed: ["same"],
  },
];
