import { describe, expect, it } from "vitest";
import { readColumns } from "../../src/index.ts";
import { describeRelation } from "../describe-relation.ts";

describe("readColumns", () => {
  it("reads generic SQL by default", async () => {
    expect(describeRelation(await readColumns("select a + b as c from s.t"))).toEqual(["c < s.t.a, s.t.b"]);
  });

  it("handles concurrent calls in different dialects, and returns null for unreadable statements", async () => {
    const relations = await Promise.all([
      readColumns("select a from `p.d.t`", "bigquery"),
      readColumns("select from from where", "snowflake"),
      readColumns('select "A" from "S"."T"', "snowflake"),
    ]);
    expect(relations.map(describeRelation)).toEqual([["a < p.d.t.a"], null, ["A < S.T.A"]]);
  });
});
