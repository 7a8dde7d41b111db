import type { SqlOutput } from "../organization/document-builder.ts";
import type { Connection, WarehouseColumn, WarehouseTable } from "../organization/organization.ts";
import { quotedSqlName, sqlName } from "../organization/sql-names.ts";
import type { Random } from "./random.ts";

/** Realistic SQL with its sources. */
export interface GeneratedSql {
  readonly definition: string;
  readonly tables: readonly WarehouseTable[];
  readonly outputs: readonly SqlOutput[];
}

type Origin = readonly [WarehouseTable, string];

/** Input of a SQL generator. */
interface Writing {
  readonly random: Random;
  readonly first: WarehouseTable;
  readonly second: WarehouseTable;
  /** Quotes a name for the dialect. */
  readonly name: (name: string) => string;
  readonly path: (table: WarehouseTable) => string;
}

/**
 * Generates a statement that reads one or two tables of a connection, in the connection's dialect.
 *
 * @param shortPercent percentage of table names without database
 */
export function generateSql(
  random: Random,
  connection: Connection,
  tables: readonly WarehouseTable[],
  shortPercent: number,
): GeneratedSql {
  const [first, other] = tables;
  if (first === undefined) throw new Error("Generated SQL must read at least one table.");
  const { type } = connection;
  const name = (text: string): string => sqlName(type, text);
  const path = (table: WarehouseTable): string => {
    const parts = table.path.length === 3 && random.chance(shortPercent) ? table.path.slice(1) : table.path;
    const inOnePair = type === "bigQuery" && parts.every((part) => !/[.`]/.test(part)) && random.chance(60);
    return inOnePair ? quotedSqlName(type, parts.join(".")) : parts.map(name).join(".");
  };
  const write = other === undefined ? random.pick(overOne) : random.pick([...overOne, ...overTwo]);
  return write({ random, first, second: other ?? first, name, path });
}

function output(column: WarehouseColumn, as: string, from: readonly Origin[]): SqlOutput {
  return { output: { name: as, type: column.type }, from };
}

const overOne = [starOf, listOf, cteOf, nestedOf, expressionsOf] as const;
const overTwo = [joinOf, unionOf, cteJoinOf, commaJoinOf] as const;

function starOf({ first, path }: Writing): GeneratedSql {
  const outputs = first.columns.map((column) => output(column, column.name, [[first, column.name]]));
  return { definition: `select * from ${path(first)}`, tables: [first], outputs };
}

function listOf({ random, first, name, path }: Writing): GeneratedSql {
  const columns = random.sample(first.columns, 4);
  const [filter] = columns;
  return {
    definition: [
      `SELECT ${columns.map((column) => `t.${name(column.name)}`).join(", ")}`,
      `FROM ${path(first)} AS t -- from nowhere, join nothing`,
      `WHERE t.${name(filter?.name ?? "id")} IS NOT NULL`,
    ].join("\n"),
    tables: [first],
    outputs: columns.map((column) => output(column, column.name, [[first, column.name]])),
  };
}

function cteOf({ random, first, name, path }: Writing): GeneratedSql {
  const [kept, counted = kept] = random.sample(first.columns, 2);
  if (kept === undefined || counted === undefined)
    throw new Error("A table of generated SQL must have columns.");
  return {
    definition: [
      `with base as (select ${name(kept.name)}, ${name(counted.name)} as v from ${path(first)}),`,
      `grouped as (select ${name(kept.name)} as kept, count(v) as counted from base group by 1)`,
      "select * from grouped",
    ].join(" "),
    tables: [first],
    outputs: [
      output(kept, "kept", [[first, kept.name]]),
      output({ name: "counted", type: "integer" }, "counted", [[first, counted.name]]),
    ],
  };
}

function nestedOf({ random, first, name, path }: Writing): GeneratedSql {
  const columns = random.sample(first.columns, 3);
  const list = columns.map(({ name: column }) => name(column)).join(", ");
  return {
    definition: `select ${list} from (select * from (select ${list} from ${path(first)}) a) b`,
    tables: [first],
    outputs: columns.map((column) => output(column, column.name, [[first, column.name]])),
  };
}

function expressionsOf({ random, first, name, path }: Writing): GeneratedSql {
  const [left, right = left] = random.sample(first.columns, 2);
  if (left === undefined || right === undefined)
    throw new Error("A table of generated SQL must have columns.");
  return {
    definition: `select coalesce(${name(left.name)}, ${name(right.name)}) as merged, 'from x' as label, upper(${name(left.name)}) as shouted from ${path(first)}`,
    tables: [first],
    outputs: [
      output(
        left,
        "merged",
        distinct([
          [first, left.name],
          [first, right.name],
        ]),
      ),
      output({ name: "label", type: "text" }, "label", []),
      output({ name: "shouted", type: "text" }, "shouted", [[first, left.name]]),
    ],
  };
}

function joinOf({ random, first, second, name, path }: Writing): GeneratedSql {
  const [mine, key = mine] = random.sample(first.columns, 2);
  const [theirs, other = theirs] = random.sample(second.columns, 2);
  if (mine === undefined || key === undefined || theirs === undefined || other === undefined)
    throw new Error("A table of generated SQL must have columns.");
  return {
    definition: [
      `select a.${name(mine.name)} as mine, b.${name(theirs.name)} as theirs`,
      `from ${path(first)} a left join ${path(second)} b on a.${name(key.name)} = b.${name(other.name)}`,
    ].join(" "),
    tables: [first, second],
    outputs: [output(mine, "mine", [[first, mine.name]]), output(theirs, "theirs", [[second, theirs.name]])],
  };
}

function unionOf({ random, first, second, name, path }: Writing): GeneratedSql {
  const [upper] = random.sample(first.columns, 1);
  const [lower] = random.sample(second.columns, 1);
  if (upper === undefined || lower === undefined)
    throw new Error("A table of generated SQL must have columns.");
  return {
    definition: `select ${name(upper.name)} as v from ${path(first)} union all select ${name(lower.name)} from ${path(second)}`,
    tables: [first, second],
    outputs: [
      output(upper, "v", [
        [first, upper.name],
        [second, lower.name],
      ]),
    ],
  };
}

function cteJoinOf({ random, first, second, name, path }: Writing): GeneratedSql {
  const [mine] = random.sample(first.columns, 1);
  const [theirs] = random.sample(second.columns, 1);
  if (mine === undefined || theirs === undefined)
    throw new Error("A table of generated SQL must have columns.");
  return {
    definition: [
      `with l as (select ${name(mine.name)} as x from ${path(first)}),`,
      `r as (select ${name(theirs.name)} as y from ${path(second)} where 1 = 1)`,
      "select l.x, r.y, l.x as x_again from l cross join r where l.x in (select y from r)",
    ].join("\n"),
    tables: [first, second],
    outputs: [
      output(mine, "x", [[first, mine.name]]),
      output(theirs, "y", [[second, theirs.name]]),
      output(mine, "x_again", [[first, mine.name]]),
    ],
  };
}

function commaJoinOf({ random, first, second, name, path }: Writing): GeneratedSql {
  const [mine] = random.sample(first.columns, 1);
  if (mine === undefined) throw new Error("A table of generated SQL must have columns.");
  return {
    definition: `select a.${name(mine.name)} from ${path(first)} a, ${path(second)} b where exists (select 1)`,
    tables: [first, second],
    outputs: [output(mine, mine.name, [[first, mine.name]])],
  };
}

function distinct(origins: readonly Origin[]): readonly Origin[] {
  return origins.filter(([, name], index) => origins.findIndex(([, other]) => other === name) === index);
}
