import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { organizationOptionsOf } from "../src/definitions/organization-options.ts";
import { addLoadOptions, type LoadOptions } from "../src/options/load-options.ts";

function timeBudgetMs(text: string): number | undefined {
  const command = addLoadOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(["--time-budget", text], { from: "user" });
  return organizationOptionsOf(command.opts<LoadOptions>()).timeBudgetMs;
}

describe("--time-budget", () => {
  it.each([
    ["90s", 90_000],
    ["15m", 900_000],
    ["2h", 7_200_000],
    ["600", 600_000],
    ["2.5", 2_500],
  ])("accepts %s as %i ms", (text, ms) => {
    expect(timeBudgetMs(text)).toBe(ms);
  });

  it.each(["", "0", "0s", "-1", "1d", "1m30s", "soon", "Infinity", "9999999999"])("rejects %o", (text) => {
    expect(() => timeBudgetMs(text)).toThrow(/It must be a duration such as 90s, 15m or 2h, or a number/);
  });
});
