import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";

describe("dagster-sigma sql", () => {
  it("prints the tables of the statement on stdin", async () => {
    const input = 'with c as (select * from DB.PUBLIC.T) select * from c join "My.Table" using (ID)';
    const { code, out, err } = await runCommand(["sql", "--dialect", "snowflake"], { input });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe('{"version":1,"tables":[["DB","PUBLIC","T"],["My.Table"]]}\n');
  });

  it("uses the given dialect, and refuses an unknown one with the nearest name", async () => {
    const input = "select * from `p.d.t`";
    const [bigquery, databricks, other] = await Promise.all(
      ["bigquery", "databricks", "snowflak"].map((dialect) =>
        runCommand(["sql", "--dialect", dialect], { input }),
      ),
    );
    expect(bigquery?.out).toBe('{"version":1,"tables":[["p","d","t"]]}\n');
    expect(databricks?.out).toBe('{"version":1,"tables":[["p.d.t"]]}\n');
    expect([other?.code, other?.out]).toEqual([2, ""]);
    expect(other?.err).toContain("Did you mean: snowflake?");
  });

  it("accepts an empty stdin", async () => {
    expect(await runCommand(["sql"], { input: "" })).toEqual({
      code: 0,
      out: '{"version":1,"tables":[]}\n',
      err: "",
    });
  });

  it("answers line by line", async () => {
    const lines = [
      { id: "a", sql: "select * from `p.d.t`", dialect: "bigquery" },
      { id: 2, sql: null, dialect: "snowflake" },
      { id: 3, dialect: "snowflake" },
      { id: 4, sql: "select * from x" },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join("\r\n")}\n\n`;
    const { code, out } = await runCommand(["sql", "--ndjson"], { input });
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: "a", tables: [["p", "d", "t"]] },
      { id: 2, tables: [] },
      { id: 3, tables: [] },
      { id: 4, tables: [["x"]] },
    ]);
  });

  it("reports lines that it cannot parse and answers the others", async () => {
    const input = 'nothing\n[]\n{"id":1,"sql":7}\n{"id":2,"sql":"select * from t"}\n';
    const { code, out, err } = await runCommand(["sql", "--ndjson"], { input });
    expect(code).toBe(1);
    expect(out).toBe('{"id":2,"tables":[["t"]]}\n');
    expect(err).toMatch(/Line 1: not JSON\nLine 2: not an object\nLine 3: "sql" is not a string\n/);
    expect(err).toContain("3 of 4 lines could not be parsed");
  });
});
