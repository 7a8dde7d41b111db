import { describe, expect, it } from "vitest";
import type { Refusal } from "../src/errors.ts";
import { buildCallError, type Failure } from "../src/http/build-call-error.ts";

const call = { endpoint: "GET /v2/whoami", tries: 1 };
const baseUrl = "http://127.0.0.1:9";
const redact = (text: string): string => text;

function refusal(status: number, more: Partial<Refusal> = {}): Refusal {
  return { status, sigmaCode: null, requestId: null, routeMissing: false, ...more };
}

function messageOf(failure: Failure, tries = 1): string {
  return buildCallError({ ...call, tries }, failure, { baseUrl, redact }).message;
}

describe("the message of an error response", () => {
  const refused = (more: Partial<Refusal>, said: string | null): Failure => ({
    type: "refused",
    status: 418,
    sigmaCode: more.sigmaCode ?? null,
    refusal: refusal(418, more),
    said,
    retryAfterMs: null,
  });

  it("contains what is known: the status, Sigma's code and text, the request and the attempts", () => {
    expect(messageOf(refused({ sigmaCode: "teapot", requestId: "r-1" }, "Short and stout"), 3)).toBe(
      'GET /v2/whoami: Sigma answered 418 teapot, "Short and stout" [request r-1], tried 3 times.',
    );
    expect(messageOf(refused({}, null))).toBe("GET /v2/whoami: Sigma answered 418.");
  });

  it("contains the request of a rejected sign-in, if it is known", () => {
    const rejected = (more: Partial<Refusal>): string =>
      messageOf({ type: "unauthorized", refusal: refusal(401, more) });
    expect(rejected({ requestId: "r-1" })).toContain("(401) [request r-1].");
    expect(rejected({})).toContain("(401).");
  });
});

it("the hint of a rejected sign-in names the region of the base URL, if it is known", () => {
  const hintFor = (url: string): string | null | undefined =>
    buildCallError(call, { type: "unauthorized", refusal: refusal(401) }, { baseUrl: url, redact }).hint;
  expect(hintFor("https://aws-api.sigmacomputing.com")).toMatch(
    /aws-api\.sigmacomputing\.com \([^)]+\): both/,
  );
  expect(hintFor(baseUrl)).toContain("than http://127.0.0.1:9: both");
});

it.each([
  [Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
  [new Error("socket hang up"), "socket hang up"],
  [{ code: "UND_ERR" }, "UND_ERR"],
  [{ message: "unlike an error" }, "unknown reason"],
  ["a text", "unknown reason"],
  [null, "unknown reason"],
])("a lost connection has the reason of its cause %j: %s", (cause, reason) => {
  expect(messageOf({ type: "noConnection", sent: false, cause })).toBe(
    `GET /v2/whoami: no connection to http://127.0.0.1:9 (${reason}), tried once.`,
  );
});
