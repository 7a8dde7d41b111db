import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AdaptiveRate } from "../src/http/adaptive-rate.ts";

/** A server with a limit per second, and a client that always has requests to send. */
function simulate(
  limitPerSecond: number,
  calls: number,
  latencyMs: number,
): { readonly refused: number; readonly seconds: number } {
  const rate = new AdaptiveRate({ maxConcurrency: 16 });
  let now = 0;
  let refused = 0;
  let done = 0;
  let pausedUntil = 0;
  const sent: number[] = [];
  const flying: { readonly end: number; readonly sentAt: number; readonly isRefused: boolean }[] = [];
  while (done < calls) {
    while (flying.length < rate.inFlight && done + flying.length < calls + refused) {
      const at = Math.max(now + rate.reserve(now), pausedUntil);
      while (at - (sent[0] ?? at) >= 1_000) sent.shift();
      const isRefused = sent.length >= limitPerSecond;
      sent.push(at);
      flying.push({ end: at + latencyMs, sentAt: at, isRefused });
    }
    flying.sort((a, b) => a.end - b.end);
    const first = flying.shift();
    if (first === undefined) break;
    now = Math.max(now, first.end);
    if (first.isRefused) {
      refused++;
      rate.refused(now, first.sentAt);
      pausedUntil = Math.max(pausedUntil, now + 750);
    } else {
      done++;
      rate.succeeded(now);
    }
  }
  return { refused, seconds: now / 1_000 };
}

describe("the adaptive rate", () => {
  it("starts at 20 per second with 4 in flight, and grows quickly while no request is rejected", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    expect([rate.perSecond, rate.inFlight]).toEqual([20, 4]);
    rate.succeeded(0);
    expect(rate.perSecond).toBe(30);
    for (let call = 1; call < 30; call++) rate.succeeded(call * 10);
    expect(rate.perSecond).toBeGreaterThan(200);
    expect(rate.inFlight).toBe(16);
  });

  it("allows a burst at the start, and spaces requests when a rate is set or after a 429", () => {
    const waits = (rate: AdaptiveRate, now: number): readonly number[] =>
      Array.from({ length: 5 }, () => rate.reserve(now));
    expect(waits(new AdaptiveRate({ maxConcurrency: 16 }), 10_000)).toEqual([0, 0, 0, 0, 50]);
    const set = new AdaptiveRate({ maxConcurrency: 16, requestsPerSecond: 10 });
    expect(waits(set, 10_000)).toEqual([0, 100, 200, 300, 400]);
    const refused = new AdaptiveRate({ maxConcurrency: 16 });
    refused.reserve(0);
    refused.refused(0, 0);
    expect(waits(refused, 10_000)).toEqual([0, 100, 200, 300, 400]);
  });

  it("never exceeds requestsPerSecond", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16, requestsPerSecond: 30 });
    let at = 0;
    for (let call = 0; call < 600; call++) {
      at += rate.reserve(at);
      rate.succeeded(at);
    }
    expect(600 / (at / 1_000)).toBeLessThanOrEqual(31);
  });

  it("is cut to 0.7 of the measured rate, once for all requests sent before", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    rate.reserve(0);
    for (let call = 0; call < 100; call++) rate.succeeded(call * 10);
    const before = rate.perSecond;
    rate.refused(1_000, 990);
    expect(rate.perSecond).toBeLessThanOrEqual(0.7 * Math.min(before, 101));
    const after = rate.perSecond;
    for (let call = 0; call < 10; call++) rate.refused(1_001, 990);
    expect(rate.perSecond).toBe(after);
  });

  it("is cut to a share of the rate of the last second, for any earlier rate", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    for (let call = 0; call < 5_000; call++) rate.succeeded(call);
    for (let call = 0; call < 20; call++) rate.succeeded(60_000 + call * 50);
    rate.refused(61_000, 60_999);
    expect(rate.perSecond).toBeCloseTo(0.7 * 20);
    expect(rate.inFlight).toBe(4);
  });

  it("is cut again by a 429 for a request sent after the last cut, down to 10 per second and one in flight", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    for (let call = 0; call < 50; call++) rate.succeeded(call * 20);
    const after = [0, 1, 2].map((again) => {
      rate.refused(1_000 + again, 1_000 + again);
      return [Math.round(rate.perSecond), rate.inFlight];
    });
    expect(after).toEqual([
      [35, 4],
      [25, 1],
      [17, 1],
    ]);
    for (let again = 3; again < 9; again++) rate.refused(1_000 + again, 1_000 + again);
    expect([rate.perSecond, rate.inFlight]).toEqual([10, 1]);
  });

  it("does not exceed a requestsPerSecond below 10, also after a 429", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16, requestsPerSecond: 2 });
    rate.refused(0, 0);
    expect(rate.perSecond).toBe(2);
  });

  it("grows by one per second and one in flight for every ten successes after a 429", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    for (let call = 0; call < 50; call++) rate.succeeded(call * 20);
    rate.refused(1_000, 1_000);
    const before = rate.perSecond;
    for (let call = 0; call < Math.round(before); call++) rate.succeeded(1_000 + call);
    expect(rate.perSecond - before).toBeGreaterThan(0.9);
    expect(rate.perSecond - before).toBeLessThanOrEqual(1);
    expect(rate.inFlight).toBe(4 + 3);
  });

  it("allows only the initial burst after an idle period", () => {
    const rate = new AdaptiveRate({ maxConcurrency: 16 });
    rate.reserve(0);
    expect(Array.from({ length: 6 }, () => rate.reserve(3_600_000))).toEqual([0, 0, 0, 0, 50, 100]);
  });

  it("finishes with any server limit, with few rejected requests", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 400 }), fc.integer({ min: 5, max: 200 }), (limit, latencyMs) => {
        const { refused, seconds } = simulate(limit, 3_000, latencyMs);
        expect(refused).toBeLessThan(0.05 * 3_000);
        expect(seconds).toBeLessThan(4 * (3_000 / Math.min(limit, 16_000 / latencyMs)) + 10);
      }),
      { numRuns: 60 },
    );
  });
});
