import type {
  Column,
  Connection,
  Dataset,
  Element,
  Source,
  WarehouseTable,
} from "../organization/organization.ts";

/** SQL as a warehouse would be sent for an element: selects around selects, down to the tables. */
export function elementSql(element: Element): string {
  return selectSql(element.columns, element.sources);
}

function selectSql(columns: readonly Column[], sources: readonly Source[]): string {
  const quote = quoteFor(sources.map(connectionOf).find((connection) => connection !== null) ?? null);
  const outputs = columns.map((column, index) => `${expression(column, index)} ${quote(column.name)}`);
  return `select ${outputs.join(", ")} from ${fromSql(sources)}`;
}

function expression(column: Column, index: number): string {
  const [origin] = column.from;
  if (origin === undefined) return `COL_${index + 1}`;
  const native = /^[A-Za-z_][A-Za-z0-9_]*$/.test(origin.column)
    ? origin.column
    : origin.column.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
  return column.from.length === 1 ? native : `coalesce(${native}, 0)`;
}

function fromSql(sources: readonly Source[]): string {
  return sources
    .map((source, index) => {
      const part = `${sourceSql(source)} Q${index + 1}`;
      return index === 0 ? part : `left join ${part} on Q1.ID = Q${index + 1}.ID`;
    })
    .join(" ");
}

function sourceSql(source: Source): string {
  switch (source.kind) {
    case "table":
      return `(select * from ${tablePath(source)} limit 1000)`;
    case "dataset":
      return `(${selectSql(source.columns, source.sources)})`;
    case "sql":
      return `(${source.definition})`;
    case "modelElement":
      return `(${elementSql(source.element)})`;
    case "element":
      return `(${elementSql(source)})`;
  }
}

function tablePath(table: WarehouseTable): string {
  const quote = quoteFor(table.connection);
  return table.path.map((part) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? part : quote(part))).join(".");
}

function quoteFor(connection: Connection | null): (name: string) => string {
  const usesBackticks = ["bigquery", "databricks"].includes(connection?.type.toLowerCase() ?? "");
  return usesBackticks
    ? (name) => `\`${name.replaceAll("`", "\\`")}\``
    : (name) => `"${name.replaceAll('"', '""')}"`;
}

/** The connection that a source is on, found at the first table below it. */
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
