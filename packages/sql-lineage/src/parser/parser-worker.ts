// Runs in a worker thread: a deeply nested statement breaks the memory of the WebAssembly parser permanently.
import { setFlagsFromString } from "node:v8";
import { parentPort } from "node:worker_threads";
import * as sqlparser from "@guanmingchiu/sqlparser-ts";
import { resolveColumns } from "../columns/resolve-columns.ts";
import type { SqlRelation } from "../columns/sql-relation.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";

/** A statement to parse. */
export interface ParserQuestion {
  readonly sql: string;
  readonly dialect: SqlDialect;
  /** Whether the answer has an outline. */
  readonly hasOutline: boolean;
}

/** The response to a batch. Batches are used because a message costs as much as parsing a statement. */
export interface ParserAnswer {
  /** One per statement, up to the one that broke the parser. Null for syntax errors and for statements that are not queries. */
  readonly relations: readonly (SqlRelation | null)[];
  /** Whether the parser can no longer be used. */
  readonly isBroken: boolean;
}

/** The parser's default limit of nested expressions is 50, which generated SQL exceeds. */
const recursionLimit = 400;

const dialects: Readonly<Record<SqlDialect, () => sqlparser.Dialect>> = {
  snowflake: () => new sqlparser.SnowflakeDialect(),
  bigquery: () => new sqlparser.BigQueryDialect(),
  databricks: () => new sqlparser.DatabricksDialect(),
  redshift: () => new sqlparser.RedshiftDialect(),
  postgres: () => new sqlparser.PostgreSqlDialect(),
  mysql: () => new sqlparser.MySqlDialect(),
  generic: () => new sqlparser.GenericDialect(),
};

// Optimizing the parser's code costs seconds of CPU and 70 MiB, and does not pay off within thousands of statements. The
// flag is a budget in bytes of executed code (default: 1,800,000) and applies to modules that are loaded later.
setFlagsFromString("--wasm-tiering-budget=1000000000");
await sqlparser.init();
parentPort?.on("message", (questions: readonly ParserQuestion[]) => {
  // Text is copied between threads faster than objects.
  parentPort?.postMessage(JSON.stringify(readAll(questions)));
});
parentPort?.postMessage("ready");

function readAll(questions: readonly ParserQuestion[]): ParserAnswer {
  const relations: (SqlRelation | null)[] = [];
  for (const question of questions) {
    try {
      relations.push(read(question));
    } catch {
      return { relations, isBroken: true };
    }
  }
  return { relations, isBroken: false };
}

/** @throws the error that broke the parser */
function read({ sql, dialect, hasOutline }: ParserQuestion): SqlRelation | null {
  try {
    const parser = new sqlparser.Parser(dialects[dialect]()).withOptions({ recursionLimit });
    const [statement, ...others] = parser.parse(sql);
    return others.length > 0 ? null : resolveColumns(statement, dialect, hasOutline);
  } catch (thrown) {
    if (thrown instanceof Error && !/memory access|unreachable|out of bounds/.test(thrown.message))
      return null;
    throw thrown;
  }
}
