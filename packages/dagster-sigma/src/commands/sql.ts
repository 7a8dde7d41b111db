import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { parseSqlDialect, readTables, type SqlDialect, sqlDialects } from "@dagster-sigma/sql-lineage/tables";
import { Command } from "commander";
import { CommandError } from "../errors.ts";
import { nearestNames } from "../help/nearest-name.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface SqlOptions extends GlobalOptions {
  readonly dialect?: string;
  readonly ndjson?: boolean;
}

/** An input line with `--ndjson`. */
interface Statement {
  readonly id: unknown;
  readonly sql: string | null;
  readonly dialect: SqlDialect;
}

/** `dagster-sigma sql`: prints the tables that SQL on stdin reads. */
export function sqlCommand(terminal: Terminal): Command {
  return new Command("sql")
    .description("Print the tables that SQL on stdin reads, as JSON.")
    .option("--dialect <name>", `${sqlDialects.join(", ")} (default: generic)`)
    .option("--ndjson", 'read lines {"id", "sql", "dialect"}, and print a line {"id", "tables"} for each')
    .action(async (_options: SqlOptions, command: Command) => {
      const options = command.optsWithGlobals<SqlOptions>();
      const dialect = readDialect(options.dialect);
      if (terminal.input.isTTY === true) terminal.err("Reading SQL from the terminal; Ctrl-D ends it.\n");
      if (options.ndjson === true) {
        await readLines(terminal, dialect);
      } else {
        const tables = readTables(await text(terminal.input), dialect);
        terminal.out(formatJson({ tables }));
      }
    });
}

/** Unknown names mean generic elsewhere, because Sigma may know more warehouses. @throws CommandError `WRONG_USE` */
function readDialect(name: string | undefined): SqlDialect {
  const dialect = parseSqlDialect(name);
  if (name === undefined || dialect !== "generic" || name.toLowerCase() === "generic") return dialect;
  const near = nearestNames(name, sqlDialects);
  throw new CommandError(
    "WRONG_USE",
    `There is no SQL dialect "${name}".`,
    `${near.length > 0 ? `Did you mean: ${near.join(", ")}? ` : ""}The dialects are ${sqlDialects.join(", ")}.`,
  );
}

/** Reports a line that cannot be parsed, and continues with the next one. */
async function readLines(terminal: Terminal, dialect: SqlDialect): Promise<void> {
  let number = 0;
  let bad = 0;
  for await (const line of createInterface({ input: terminal.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === "") continue;
    const statement = parseStatement(line, dialect);
    if (typeof statement === "string") {
      bad++;
      terminal.err(`Line ${number}: ${statement}\n`);
    } else {
      const tables = readTables(statement.sql, statement.dialect);
      terminal.out(`${JSON.stringify({ id: statement.id, tables })}\n`);
    }
  }
  if (bad === 0) return;
  throw new CommandError(
    "SQL_LINES_UNREADABLE",
    `${bad} of ${number} lines could not be parsed; the others were answered.`,
    'Each line must be an object: {"id": 1, "sql": "select …", "dialect": "snowflake"}',
  );
}

/** The statement, or an error message for the line. */
function parseStatement(line: string, dialect: SqlDialect): Statement | string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return "not JSON";
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "not an object";
  const { id, sql, dialect: named }: { id?: unknown; sql?: unknown; dialect?: unknown } = row;
  if (sql !== undefined && sql !== null && typeof sql !== "string") return '"sql" is not a string';
  const own = typeof named === "string" ? parseSqlDialect(named) : dialect;
  return { id: id ?? null, sql: sql ?? null, dialect: own };
}
