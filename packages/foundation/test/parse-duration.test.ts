import { describe, expect, it } from "vitest";
import { parseDuration } from "../src/index.ts";

describe("parseDuration", () => {
  it.each([
    ["90s", 90_000],
    ["15m", 900_000],
    ["2h", 7_200_000],
    [" 1s ", 1_000],
    ["596h", 2_145_600_000],
  ])("parses %o as %i ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "0s", "15", "m", "-1s", "1.5m", "1d", "1m30s", "597h"])("rejects %o", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
