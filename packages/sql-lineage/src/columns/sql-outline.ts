import type { TableName } from "../tables/read-tables.ts";
import { identifierOf, nodeOf, nodesOf } from "./syntax-node.ts";

/** An output column of a query. */
export interface SqlOutlineColumn {
  /** As written, without quotes. Null for an expression without a name. */
  readonly name: string | null;
  /** The expression in a form that is equal for equal expressions: without spaces, comments, quotes, case and table names. */
  readonly expression: string;
  /** The type of the outermost cast, for example `numeric(10,2)`; null without one. */
  readonly type: string | null;
}

/** The columns of a table that `*` selects. */
export interface SqlOutlineTable {
  readonly table: TableName;
  /** Columns that are left out (`* exclude (a)`) or replaced, in lower case. */
  readonly without: readonly string[];
}

/** What a query returns, in order: its columns, and tables of which it returns all columns. */
export type SqlOutline = readonly (SqlOutlineColumn | SqlOutlineTable)[];

/** Whether an item of an outline is a table. */
export function isOutlineTable(item: SqlOutlineColumn | SqlOutlineTable): item is SqlOutlineTable {
  return "table" in item;
}

/** The column of a name, from the outlines of a `from` clause; null if none or several of them have it. */
export function findOutlineColumn(
  outlines: readonly (SqlOutline | undefined)[],
  name: string,
): SqlOutlineColumn | null {
  const found = outlines.flatMap((outline) =>
    (outline ?? []).filter(
      (item): item is SqlOutlineColumn =>
        !isOutlineTable(item) && item.name?.toLowerCase() === name.toLowerCase(),
    ),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The outline column of an expression of the syntax tree. */
export function outlineColumn(name: string | null, expression: unknown): SqlOutlineColumn {
  const cast = nodeOf(nodeOf(expression)?.["Cast"]);
  return {
    name,
    expression: JSON.stringify(canonical(expression)),
    type: cast === null ? null : typeText(cast["data_type"]),
  };
}

/** The `expression` of a column that is only a column of a table. */
export function columnExpression(name: string): string {
  return outlineColumn(null, { Identifier: { value: name } }).expression;
}

/** The options of a `*`. */
export interface WildcardOptions {
  /** Names that are left out. */
  readonly excluded: readonly string[];
  /** New names by old name, in lower case. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Expressions of the syntax tree by name, in lower case. */
  readonly replaced: ReadonlyMap<string, unknown>;
}

/** What `*` selects of an outline. */
export function selectAll(outline: SqlOutline, { excluded, renamed, replaced }: WildcardOptions): SqlOutline {
  const out = new Set(excluded.map((name) => name.toLowerCase()));
  const change = (name: string, column: SqlOutlineColumn | null): SqlOutlineColumn | null => {
    const replacement = replaced.get(name);
    const changed = replacement === undefined ? column : outlineColumn(name, replacement);
    const newName = renamed.get(name);
    if (newName === undefined) return changed;
    return changed === null
      ? outlineColumn(newName, { Identifier: { value: name } })
      : { ...changed, name: newName };
  };
  return outline.flatMap((item): SqlOutline => {
    if (!isOutlineTable(item)) {
      const name = item.name?.toLowerCase() ?? "";
      return out.has(name) ? [] : [change(name, item) ?? item];
    }
    const changed = [...new Set([...renamed.keys(), ...replaced.keys()])].filter((name) => !out.has(name));
    return [
      { ...item, without: [...new Set([...item.without, ...out, ...changed])] },
      ...changed.flatMap((name) => change(name, null) ?? []),
    ];
  });
}

/** Without positions and quotes; names in lower case, and without the table that qualifies them. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  const node = nodeOf(value);
  if (node === null) return value;
  const compound = node["CompoundIdentifier"];
  if (Array.isArray(compound)) return canonical({ Identifier: compound.at(-1) });
  const identifier = identifierOf(node["Identifier"]);
  if (identifier !== null) return { Identifier: identifier.text.toLowerCase() };
  if ("quote_style" in node || ("value" in node && "span" in node && Object.keys(node).length === 2))
    return identifierOf(node)?.text.toLowerCase() ?? null;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, inner]) => (key === "span" ? [] : [[key, canonical(inner)]])),
  );
}

/** For example `numeric(10,2)`, of `{ "Numeric": { "PrecisionAndScale": [10, 2] } }`. */
function typeText(type: unknown): string | null {
  if (typeof type === "string") return type.toLowerCase();
  const [entry] = Object.entries(nodeOf(type) ?? {});
  if (entry === undefined) return null;
  const [name, value] = entry;
  const custom = name === "Custom" && Array.isArray(value) ? nodesOf(value[0]) : [];
  if (custom.length > 0)
    return custom.map((part) => identifierOf(part["Identifier"])?.text.toLowerCase() ?? "").join(".");
  const numbers = JSON.stringify(value ?? null).match(/\d+/g);
  return `${name.toLowerCase()}${numbers === null ? "" : `(${numbers.join(",")})`}`;
}
