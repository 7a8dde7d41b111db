import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLogger, type Diagnostic, sortDiagnostics } from "../src/index.ts";

const diagnostic: fc.Arbitrary<Diagnostic> = fc.record({
  code: fc.constantFrom("A", "B"),
  severity: fc.constantFrom("warning" as const, "error" as const),
  object: fc.option(
    fc.record({
      type: fc.constantFrom("table", "workbook"),
      id: fc.string({ maxLength: 2 }),
      name: fc.string({ maxLength: 2 }),
      url: fc.constant(null),
    }),
  ),
  message: fc.string({ maxLength: 2 }),
});

describe("sortDiagnostics", () => {
  it("gives the same order for any input order", () => {
    fc.assert(
      fc.property(fc.array(diagnostic), fc.infiniteStream(fc.nat()), (diagnostics, chance) => {
        const shuffled = diagnostics
          .map((value) => ({ value, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ value }) => value);
        const texts = (list: readonly Diagnostic[]): readonly string[] =>
          list.map(({ severity: _severity, ...rest }) => JSON.stringify(rest));
        expect(texts(sortDiagnostics(shuffled))).toEqual(texts(sortDiagnostics(diagnostics)));
      }),
    );
  });
});

describe("createLogger", () => {
  it("writes a line of text with level, message and fields", () => {
    const lines: string[] = [];
    createLogger("text", (line) => lines.push(line)).warn("slow", { ms: 12, path: "/a b" });
    expect(lines).toEqual(['warn slow ms=12 path="/a b"\n']);
  });

  it("writes one JSON object per line", () => {
    const lines: string[] = [];
    createLogger("json", (line) => lines.push(line)).info("fetching", { done: 3 });
    const [line = ""] = lines;
    expect(line.endsWith("}\n")).toBe(true);
    const { time, ...rest } = JSON.parse(line);
    expect(rest).toEqual({ level: "info", message: "fetching", done: 3 });
    expect(Number.isNaN(Date.parse(time))).toBe(false);
  });
});
