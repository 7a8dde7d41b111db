import { afterAll, describe, expect, it } from "vitest";
import { SqlColumnReader } from "../../src/parser/sql-column-reader.ts";
import { describeRelation } from "../describe-relation.ts";

const reader = new SqlColumnReader({ collectMs: 0 });
afterAll(() => reader.close());

describe("SqlColumnReader", () => {
  it.each([
    ["text that is no SQL", "select from from where"],
    ["several statements", "select 1; select 2"],
    ["a statement that is no query", "delete from t"],
    [
      "1,000 nested parentheses, which break its memory",
      `select ${"(".repeat(1_000)}a${")".repeat(1_000)} from t`,
    ],
    [
      "9,000 unions",
      Array.from({ length: 9_000 }, (_, index) => `select a from t${index}`).join(" union all "),
    ],
    ["a megabyte", `select '${"x".repeat(1_000_001)}' from t`],
  ])("reads the next statement after %s", async (_what, sql) => {
    const answer = await reader.read(sql, "snowflake");
    if (answer !== null) expect(answer.columns.length).toBe(1);
    expect(describeRelation(await reader.read("select a from t", "snowflake"))).toEqual(["a < t.a"]);
  });

  it("still reads the other statements of a batch with a failing one", async () => {
    const bad = `select ${"(".repeat(1_000)}a${")".repeat(1_000)} from t`;
    const all = ["select a from t", bad, "no SQL", "select b from t", bad, "select c from t"];
    const answers = await Promise.all(all.map((sql) => reader.read(sql, "snowflake")));
    const expected = [["a < t.a"], null, null, ["b < t.b"], null, ["c < t.c"]];
    expect(answers.map(describeRelation)).toEqual(expected);
  });

  it("sends a batch as soon as enough statements are waiting", async () => {
    const patient = new SqlColumnReader({ collectMs: 60_000 });
    await patient.read("select a from t", "snowflake");
    const all = Array.from({ length: 12 }, (_, index) =>
      patient.read(`select a${index} from t`, "snowflake"),
    );
    expect((await Promise.all(all)).map(describeRelation)).toEqual(
      all.map((_, index) => [`a${index} < t.a${index}`]),
    );
    await patient.close();
  });

  it("ends the worker immediately when it is closed", async () => {
    const closed = new SqlColumnReader();
    const sql = `select ${Array.from({ length: 60_000 }, (_, index) => `a${index} + 1 as b${index}`).join(", ")} from t`;
    const answers = [closed.read(sql, "snowflake"), closed.read("select a from t", "snowflake")];
    await closed.close();
    expect(await Promise.all(answers)).toEqual([null, null]);
    expect(await closed.read("select a from t", "snowflake")).toBeNull();
  });

  it("replaces the worker after the time limit", async () => {
    const hasty = new SqlColumnReader({ timeLimitMs: 1 });
    const sql = `select ${Array.from({ length: 60_000 }, (_, index) => `a${index} + 1 as b${index}`).join(", ")} from t`;
    expect(await hasty.read(sql, "snowflake")).toBeNull();
    await hasty.close();
  });
});
