import type {
  Column,
  Combination,
  Connection,
  Dataset,
  Element,
  Source,
  WarehouseTable,
} from "../organization/organization.ts";
import { quotedSqlName, sqlName } from "../organization/sql-names.ts";

/** Generates the SQL of an element as Sigma does: nested selects down to the tables. */
export function elementSql(element: Element): string {
  const { columns, sources, combination, lookups } = element;
  return combination === "union"
    ? selectSql(columns, sources, combination)
    : selectSql(columns, [...sources, ...lookups], combination);
}

function selectSql(columns: readonly Column[], sources: readonly Source[], combination: Combination): string {
  const type = sources.map(connectionOf).find((connection) => connection !== null)?.type ?? "";
  const outputs = columns.map(
    (column, index) => `${expression(type, column, index)} ${quotedSqlName(type, column.name)}`,
  );
  return `select ${outputs.join(", ")} from ${combination === "join" ? joinSql(sources) : unionSql(sources)}`;
}

function expression(type: string, column: Column, index: number): string {
  const [origin] = column.from;
  if (origin === undefined) return `COL_${index + 1}`;
  const native = /^[A-Za-z_][A-Za-z0-9_]*$/.test(origin.column)
    ? sqlName(type, origin.column)
    : origin.column.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return column.from.length === 1 ? native : `coalesce(${native}, 0)`;
}

function joinSql(sources: readonly Source[]): string {
  return sources
    .map((source, index) => {
      const part = `${sourceSql(source)} Q${index + 1}`;
      return index === 0 ? part : `left join ${part} on Q1.ID = Q${index + 1}.ID`;
    })
    .join(" ");
}

function unionSql(sources: readonly Source[]): string {
  return `(${sources.map((source) => `select * from ${sourceSql(source)} Q`).join(" union all ")}) Q1`;
}

function sourceSql(source: Source): string {
  switch (source.kind) {
    case "table":
      return `(select * from ${tablePath(source)} limit 1000)`;
    case "dataset":
      return `(${selectSql(source.columns, source.sources, "join")})`;
    case "sql":
      return `(${source.definition})`;
    case "modelElement":
      return `(${elementSql(source.element)})`;
    case "element":
      return `(${elementSql(source)})`;
  }
}

function tablePath({ connection, path }: WarehouseTable): string {
  return path.map((part) => sqlName(connection.type, part)).join(".");
}

/** The connection of a source, taken from its first upstream table. */
function connectionOf(source: Source): Connection | null {
  switch (source.kind) {
    case "table":
    case "sql":
      return source.connection;
    case "modelElement":
      return firstConnection(source.element.sources);
    default:
      return firstConnection(source.sources);
  }
}

function firstConnection(sources: readonly (Source | Dataset)[]): Connection | null {
  const [first] = sources;
  return first === undefined ? null : connectionOf(first);
}
