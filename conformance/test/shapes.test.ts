import { shapes } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { castorDifferenceClasses } from "../src/castor/compare-with-castor.ts";
import { readKnownProblems } from "../src/known-problems.ts";
import { problemsOfShape } from "../src/shapes/judge-shape.ts";

const knownProblems = readKnownProblems();

describe("a hand-written organization", () => {
  it.each(shapes().map((shape) => [shape.name, shape] as const))(
    "%s: its load finds every edge that an answer shows, invents none, and names what is lost",
    async (name, shape) => {
      const problems = await problemsOfShape(shape);
      const known = knownProblems.get(name)?.problems ?? [];
      expect(problems, "Fixed? Then delete the shape from conformance/known-problems.toml.").toEqual(known);
    },
  );

  it("has differences from castor that are all described", () => {
    expect(castorDifferenceClasses().length).toBeGreaterThan(0);
  });

  it("exists for every entry of known-problems.toml", () => {
    const names = shapes().map(({ name }) => name);
    expect([...knownProblems.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });
});
