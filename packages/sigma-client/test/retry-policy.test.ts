import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../src/http/retry-after.ts";
import {
  type CallKind,
  decideRetry,
  defaultRetryLimits,
  type FailedAttempt,
} from "../src/http/retry-policy.ts";

const kinds: readonly CallKind[] = [
  "listing",
  "document",
  "detail",
  "elementLineage",
  "token",
  "status",
  "command",
];

/** The total number of attempts if all of them end with the same outcome. */
function attemptsInAll(
  attempt: Omit<FailedAttempt, "tries" | "requestedMs">,
  limits = defaultRetryLimits,
): number {
  for (let tries = 1; ; tries++) {
    if (decideRetry({ ...attempt, tries, requestedMs: 0 }, limits, () => 0).afterMs === null) return tries;
  }
}

const refused = (status: number, sigmaCode: string | null = null): FailedAttempt["outcome"] => ({
  type: "refused",
  status,
  sigmaCode,
  retryAfterMs: null,
});

describe("the retry policy", () => {
  it.each([
    [429, null, 6],
    [408, null, 6],
    [502, null, 6],
    [503, null, 6],
    [504, null, 6],
    [402, "timedout", 6],
    [402, "payment_required", 1],
    [400, null, 1],
    [403, null, 1],
    [404, null, 1],
    [409, "inode_archived", 1],
    [410, null, 1],
    [418, null, 1],
    [501, null, 1],
  ])("answers %i %s on a listing with %i attempts in total", (status, code, attempts) => {
    expect(attemptsInAll({ kind: "listing", serverSeen: true, outcome: refused(status, code) })).toBe(
      attempts,
    );
  });

  it.each([
    ["listing", 3],
    ["token", 3],
    ["status", 3],
    ["document", 2],
    ["detail", 2],
    ["elementLineage", 1],
    ["command", 1],
  ] as const)("answers a 500 on a call of kind %s with %i attempts in total", (kind, attempts) => {
    expect(attemptsInAll({ kind, serverSeen: true, outcome: refused(500) })).toBe(attempts);
  });

  it("treats incomplete responses, lost connections and timeouts as transient", () => {
    for (const kind of kinds.filter((each) => each !== "command")) {
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "incomplete" } })).toBe(6);
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "noConnection", sent: true } })).toBe(
        6,
      );
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "timeout", sent: true } })).toBe(6);
    }
  });

  it("gives up after two attempts until the server has responded once", () => {
    expect(
      attemptsInAll({ kind: "token", serverSeen: false, outcome: { type: "noConnection", sent: false } }),
    ).toBe(2);
    // An incomplete response shows that the server exists.
    expect(attemptsInAll({ kind: "token", serverSeen: false, outcome: { type: "incomplete" } })).toBe(6);
  });

  it.each([
    [refused(429), 6],
    [refused(503), 1],
    [refused(504), 1],
    [{ type: "incomplete" } as const, 1],
    [{ type: "noConnection", sent: true } as const, 1],
    [{ type: "noConnection", sent: false } as const, 6],
    [{ type: "timeout", sent: true } as const, 1],
    [{ type: "timeout", sent: false } as const, 6],
  ])("retries a command only if it cannot have taken effect: %j, %i attempts", (outcome, attempts) => {
    expect(attemptsInAll({ kind: "command", serverSeen: true, outcome })).toBe(attempts);
  });
});

describe("custom retry limits", () => {
  it.each([
    [refused(503), 4, 4],
    [refused(500), 4, 3],
    [refused(500), 1, 1],
    [{ type: "incomplete" } as const, 1, 1],
  ])("apply to %j: with maxTries %i there are %i attempts", (outcome, maxTries, attempts) => {
    const attempt = { kind: "listing", serverSeen: true, outcome } as const;
    expect(attemptsInAll(attempt, { ...defaultRetryLimits, maxTries })).toBe(attempts);
  });

  it("apply to a server that has never responded", () => {
    const attempt = { kind: "listing", serverSeen: false, outcome: { type: "timeout", sent: true } } as const;
    expect([1, 2, 3].map((maxTries) => attemptsInAll(attempt, { ...defaultRetryLimits, maxTries }))).toEqual([
      1, 2, 2,
    ]);
  });
});

describe("the wait before a retry", () => {
  const wait = (attempt: Partial<FailedAttempt>, random: number): ReturnType<typeof decideRetry> =>
    decideRetry(
      { kind: "listing", tries: 1, serverSeen: true, requestedMs: 0, outcome: refused(503), ...attempt },
      { ...defaultRetryLimits, maxTries: 20 },
      () => random,
    );

  it("is random between 0 and a bound that doubles with each attempt, up to 30 s", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((tries) => wait({ tries }, 1).afterMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(wait({ tries: 5 }, 0).afterMs).toBe(0);
  });

  it("is the value of Retry-After plus jitter, and applies to all calls", () => {
    const outcome = { type: "refused", status: 503, sigmaCode: null, retryAfterMs: 7_000 } as const;
    expect(wait({ outcome }, 0.5)).toEqual({ afterMs: 7_500, pauseAll: true, requestedMs: 7_000 });
  });

  it("applies to all calls after a 429 without Retry-After", () => {
    expect(wait({ outcome: refused(429) }, 0.5)).toEqual({ afterMs: 500, pauseAll: true, requestedMs: null });
  });

  it.each<FailedAttempt["outcome"]>([
    refused(503),
    refused(500),
    refused(408),
    refused(402, "timedout"),
    { type: "incomplete" },
    { type: "noConnection", sent: true },
    { type: "noConnection", sent: false },
    { type: "timeout", sent: true },
    { type: "timeout", sent: false },
  ])("applies only to the failed call after %j", (outcome) => {
    expect(wait({ outcome }, 0.5)).toEqual({ afterMs: 500, pauseAll: false, requestedMs: null });
  });

  it("follows a Retry-After of up to 300 s; a longer one ends the call", () => {
    const asked = (retryAfterMs: number): FailedAttempt["outcome"] => ({
      type: "refused",
      status: 429,
      sigmaCode: null,
      retryAfterMs,
    });
    expect(wait({ outcome: asked(300_000) }, 0.5)).toEqual({
      afterMs: 300_500,
      pauseAll: true,
      requestedMs: 300_000,
    });
    expect(wait({ outcome: asked(300_001) }, 0.5)).toEqual({
      afterMs: null,
      pauseAll: false,
      requestedMs: null,
    });
    // Zero is a valid value of Retry-After.
    expect(wait({ outcome: asked(0) }, 0)).toEqual({ afterMs: 0, pauseAll: true, requestedMs: 0 });
    // The limit is that of all waits of the call together.
    expect(wait({ outcome: asked(60_000), requestedMs: 240_000 }, 0)).toMatchObject({ afterMs: 60_000 });
    expect(wait({ outcome: asked(60_000), requestedMs: 240_001 }, 0)).toMatchObject({ afterMs: null });
  });
});

describe("parseRetryAfter", () => {
  const date = "Wed, 21 Oct 2026 07:28:00 GMT";
  const now = Date.parse("2026-10-21T07:00:00Z");

  it.each([
    [null, null, null],
    ["5", null, 5_000],
    [" 0 ", null, 0],
    ["1.5", null, 1_500],
    ["soon", null, null],
    ["5 s", null, null],
    ["-5", null, null],
    [date, null, 28 * 60_000],
    [date, "Wed, 21 Oct 2026 07:27:30 GMT", 30_000],
    [date, "Wed, 21 Oct 2026 08:00:00 GMT", 0],
    [date, "nonsense", 28 * 60_000],
  ])("reads %j with the response date %j as %j ms", (retryAfter, answeredAt, ms) => {
    expect(parseRetryAfter(retryAfter, answeredAt, now)).toBe(ms);
  });
});
