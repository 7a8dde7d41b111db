import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextLogger, type Diagnostic, sortDiagnostics } from "../src/index.ts";

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
  it("gives one order, whatever order they come in", () => {
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

describe("createTextLogger", () => {
  it("writes a line with level, message and fields", () => {
    const lines: string[] = [];
    createTextLogger((line) => lines.push(line)).warn("slow", { ms: 12, path: "/a b" });
    expect(lines).toEqual(['warn slow ms=12 path="/a b"\n']);
  });
});
