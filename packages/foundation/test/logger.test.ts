import { describe, expect, it } from "vitest";
import { createLogger, type Logger, silentLogger, teeLogger } from "../src/index.ts";

type Create = (write: (line: string) => void) => Logger;
const levels = ["debug", "info", "warn"] as const;

describe.each<[string, Create]>([
  ["as text", (write) => createLogger("text", write)],
  ["as JSON", (write) => createLogger("json", write)],
  ["to one combined logger", (write) => teeLogger(null, createLogger("text", write)) ?? silentLogger],
  [
    "to two loggers",
    (write) =>
      teeLogger(
        silentLogger,
        createLogger("json", write),
        undefined,
        createLogger("text", () => undefined),
      ) ?? silentLogger,
  ],
])("the contract of a logger that writes %s", (_how, create) => {
  it.each(levels)("writes one line per message, with its level, %s, and its fields", (level) => {
    const lines: string[] = [];
    create((line) => lines.push(line))[level]("it happened", {
      ms: 12,
      path: "/a b",
      isLast: true,
      none: null,
    });
    expect(lines).toHaveLength(1);
    for (const part of [level, "it happened", "12", "/a b", "isLast", "true", "none", "null"])
      expect(lines[0]).toContain(part);
  });

  it("escapes line breaks in values, so that no value looks like another message", () => {
    const lines: string[] = [];
    create((line) => lines.push(line)).info("got", { name: 'a\nwarn "all is lost"\r\n' });
    expect(lines.join("").split(/\r?\n/)).toEqual([expect.stringContaining("got"), ""]);
  });

  it("accepts messages without fields, and detached methods", () => {
    const lines: string[] = [];
    const { debug, warn } = create((line) => lines.push(line));
    debug("one");
    warn("two");
    expect(lines.map((line) => line.includes("one"))).toEqual([true, false]);
  });
});

describe("a combined logger", () => {
  it("writes to each of its loggers, in order", () => {
    const lines: string[] = [];
    const named = (name: string): Logger => createLogger("text", (line) => lines.push(`${name} ${line}`));
    teeLogger(named("a"), null, named("b"))?.warn("m");
    expect(lines).toEqual(["a warn m\n", "b warn m\n"]);
  });

  it("is null without loggers", () => {
    expect(teeLogger(null, undefined)).toBeNull();
  });
});
