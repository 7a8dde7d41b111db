// Runs in a worker thread: the parser is WebAssembly, which one deeply nested statement breaks for good.
import { parentPort } from "node:worker_threads";
import * as sqlparser from "@guanmingchiu/sqlparser-ts";
import type { SqlDialect } from "../sql/sql-dialect.ts";
import { ColumnResolver } from "../sql-columns/resolve-columns.ts";
import type { SqlRelation } from "../sql-columns/sql-relation.ts";

/** A statement to read. */
export interface ParserQuestion {
  readonly id: number;
  readonly sql: string;
  readonly dialect: SqlDialect;
}

export interface ParserAnswer {
  readonly id: number;
  /** Null for what the parser rejects, or is no query. */
  readonly relation: SqlRelation | null;
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

await sqlparser.init();
parentPort?.on("message", ({ id, sql, dialect }: ParserQuestion) => {
  parentPort?.postMessage({ id, ...read(sql, dialect) } satisfies ParserAnswer);
});
parentPort?.postMessage("ready");

function read(sql: string, dialect: SqlDialect): Omit<ParserAnswer, "id"> {
  try {
    const parser = new sqlparser.Parser(dialects[dialect]()).withOptions({ recursionLimit });
    const [statement, ...others] = parser.parse(sql);
    const relation = others.length > 0 ? null : new ColumnResolver(dialect).statement(statement);
    return { relation, isBroken: false };
  } catch (thrown) {
    const isBroken =
      !(thrown instanceof Error) || /memory access|unreachable|out of bounds/.test(thrown.message);
    return { relation: null, isBroken };
  }
}
