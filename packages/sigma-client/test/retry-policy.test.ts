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

/** The number of attempts if all of them end with this outcome. */
function attemptsInAll(attempt: Omit<FailedAttempt, "tries">): number {
  for (let tries = 1; ; tries++) {
    if (decideRetry({ ...attempt, tries }, defaultRetryLimits, () => 0).afterMs === null) return tries;
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
  ])("allows for %i %s on a listing %i attempts", (status, code, attempts) => {
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
  ] as const)("allows for 500 on a call of kind %s %i attempts", (kind, attempts) => {
    expect(attemptsInAll({ kind, serverSeen: true, outcome: refused(500) })).toBe(attempts);
  });

  it("treats an incomplete response and a lost connection as transient", () => {
    for (const kind of kinds.filter((each) => each !== "command")) {
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "incomplete" } })).toBe(6);
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "noConnection", sent: true } })).toBe(
        6,
      );
      expect(attemptsInAll({ kind, serverSeen: true, outcome: { type: "timeout", sent: true } })).toBe(6);
    }
  });

  it("gives up soon before the first response of a server", () => {
    expect(
      attemptsInAll({ kind: "token", serverSeen: false, outcome: { type: "noConnection", sent: false } }),
    ).toBe(2);
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

describe("the delay before a retry", () => {
  const wait = (attempt: Partial<FailedAttempt>, random: number): ReturnType<typeof decideRetry> =>
    decideRetry(
      { kind: "listing", tries: 1, serverSeen: true, outcome: refused(503), ...attempt },
      { ...defaultRetryLimits, maxTries: 20 },
      () => random,
    );

  it("is random up to a limit that doubles up to the maximum", () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((tries) => wait({ tries }, 1).afterMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(wait({ tries: 5 }, 0).afterMs).toBe(0);
  });

  it("is Retry-After, for all calls", () => {
    const outcome = { type: "refused", status: 503, sigmaCode: null, retryAfterMs: 7_000 } as const;
    expect(wait({ outcome }, 0.5)).toEqual({ afterMs: 7_500, pauseAll: true });
  });

  it("applies to all calls after a 429 without Retry-After, and to one call after a 503", () => {
    expect(wait({ outcome: refused(429) }, 0.5)).toEqual({ afterMs: 500, pauseAll: true });
    expect(wait({}, 0.5).pauseAll).toBe(false);
  });

  it("does not exist if Retry-After exceeds the limit: the call is not retried", () => {
    const outcome = { type: "refused", status: 429, sigmaCode: null, retryAfterMs: 300_001 } as const;
    expect(wait({ outcome }, 0).afterMs).toBeNull();
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
    ["-5", null, null],
    [date, null, 28 * 60_000],
    [date, "Wed, 21 Oct 2026 07:27:30 GMT", 30_000],
    [date, "Wed, 21 Oct 2026 08:00:00 GMT", 0],
    [date, "nonsense", 28 * 60_000],
  ])("reads %j with the response date %j as %j ms", (retryAfter, answeredAt, ms) => {
    expect(parseRetryAfter(retryAfter, answeredAt, now)).toBe(ms);
  });
});
