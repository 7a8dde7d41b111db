// Runs in a worker thread: the parser is WebAssembly, which one deeply nested statement breaks for good.
import { setFlagsFromString } from "node:v8";
import { parentPort } from "node:worker_threads";
import * as sqlparser from "@guanmingchiu/sqlparser-ts";
import { resolveColumns } from "../columns/resolve-columns.ts";
import type { SqlRelation } from "../columns/sql-relation.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";

/** A statement to read. */
export interface ParserQuestion {
  readonly sql: string;
  readonly dialect: SqlDialect;
}

/** To several statements at once: a message costs as much as reading one. */
export interface ParserAnswer {
  /** One for each statement, up to the one that broke the parser; null for what it rejects, or is no query. */
  readonly relations: readonly (SqlRelation | null)[];
  /** Whether the parser cannot be used any more. */
  readonly isBroken: boolean;
}

/** The parser's own limit of nested expressions is 50, which SQL made by tools exceeds. */
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

// Optimizing the parser's code costs seconds of CPU and 70 MiB, and gains nothing within thousands of statements. The
// flag counts bytes of code run (1,800,000 when left out), and holds for modules that are loaded from now on.
setFlagsFromString("--wasm-tiering-budget=1000000000");
await sqlparser.init();
parentPort?.on("message", (questions: readonly ParserQuestion[]) => {
  // As text: that is copied faster than objects.
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

/** @throws what broke the parser */
function read({ sql, dialect }: ParserQuestion): SqlRelation | null {
  try {
    const parser = new sqlparser.Parser(dialects[dialect]()).withOptions({ recursionLimit });
    const [statement, ...others] = parser.parse(sql);
    return others.length > 0 ? null : resolveColumns(statement, dialect);
  } catch (thrown) {
    if (thrown instanceof Error && !/memory access|unreachable|out of bounds/.test(thrown.message))
      return null;
    throw thrown;
  }
}
