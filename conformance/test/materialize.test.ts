import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareMaterializations } from "../src/materialize/compare-materializations.ts";
import { materializeCases } from "../src/materialize/materialize-cases.ts";
import { ReferenceMaterializer } from "../src/materialize/reference-materializer.ts";
import { needsPython, referencePython } from "./reference.ts";

const python = await referencePython();

/** The table of these cases in docs/reference/conformance.md is checked by scripts/check-docs.mjs. */
describe.skipIf(python === null)(`${needsPython} materialized by the real dagster-sigma and by ours`, () => {
  let reference: ReferenceMaterializer;
  beforeAll(() => {
    reference = new ReferenceMaterializer(python ?? "");
  });
  afterAll(() => reference.close());

  it.each(materializeCases.map((one) => [one.name, one.verdict, one] as const))(
    "%s: ours is %s",
    async (_name, _verdict, expected) => {
      const found = await compareMaterializations(expected, reference);
      for (const side of ["reference", "ours"] as const) {
        const { outcome, starts, calls } = found[side];
        expect({ side, outcome, starts, calls: expected[side].calls === null ? null : calls }).toEqual({
          side,
          ...expected[side],
        });
      }
      expect(found.verdict).toBe(expected.verdict);
      expect(found.reference.pausesSeconds.filter((seconds) => seconds !== 5)).toEqual([]);
      // In Dagster, the reference leaves two events for each workbook that is ready, without metadata.
      const ready = found.reference.outcome.split("; ").filter((outcome) => outcome === "ready").length;
      const events = ready * (expected.inDagster === true ? 2 : 1);
      expect(found.reference.events).toEqual(Array.from({ length: events }, () => []));
    },
  );
});
