import { urlIdOf } from "./base62.ts";
import type { Identifiers } from "./identifiers.ts";
import type { Column, ColumnOrigin, ColumnTypeName, Source } from "./organization.ts";

/** How a column is written down: the name of a column of a source, or a name with a formula. */
export type ColumnSpec =
  | string
  | { readonly name: string; readonly formula: string; readonly type?: ColumnTypeName };

/** A column that an element can take from one of its sources. */
interface AvailableColumn {
  readonly name: string;
  readonly type: ColumnTypeName;
  readonly origin: ColumnOrigin;
  /** The id that it has in the element that passes it through; null when that is made up anew. */
  readonly passThroughId: string | null;
}

/** How Sigma shows the name of a warehouse column: `CUSTOMER_ID` as `Customer Id`, `/` and `-` as spaces. */
export function friendlyName(native: string): string {
  return native
    .split(/[_/\s-]+/)
    .filter((word) => word !== "")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .join(" ");
}

/** The name by which formulas call a source. */
function formulaName(source: Source): string {
  switch (source.kind) {
    case "table":
      return source.path.at(-1) ?? "";
    case "sql":
      return "Custom SQL";
    case "modelElement":
      return source.element.name;
    default:
      return source.name;
  }
}

/**
 * Builds the columns of an element from what is written down. Throws when a formula or a name refers to a column that
 * no source has, so that sample data cannot contradict itself.
 */
export function buildColumns(
  ids: Identifiers,
  where: string,
  sources: readonly Source[],
  specs: readonly ColumnSpec[],
): readonly Column[] {
  const columns: Column[] = [];
  for (const spec of specs) {
    const name = typeof spec === "string" ? spec : spec.name;
    const id = ids.short(`${where}/${name}`);
    if (typeof spec === "string") {
      const available = find(where, sources, null, spec);
      columns.push({
        id: available.passThroughId ?? id,
        name,
        formula: `[${formulaName(available.origin.source)}/${name}]`,
        type: available.type,
        from: [available.origin],
      });
    } else {
      const from = references(spec.formula).flatMap((reference) =>
        resolve(where, sources, columns, reference),
      );
      columns.push({ id, name, formula: spec.formula, type: spec.type ?? "number", from: distinct(from) });
    }
  }
  return columns;
}

/** The bracketed references of a formula, each split at `/`. */
function references(formula: string): readonly (readonly string[])[] {
  return [...formula.matchAll(/\[([^\]]+)\]/g)].map((match) => (match[1] ?? "").split("/"));
}

function resolve(
  where: string,
  sources: readonly Source[],
  siblings: readonly Column[],
  reference: readonly string[],
): readonly ColumnOrigin[] {
  const [first = "", second] = reference;
  if (second !== undefined) return [find(where, sources, first, second).origin];
  const sibling = siblings.find((column) => column.name === first);
  return sibling === undefined ? [find(where, sources, null, first).origin] : sibling.from;
}

function find(
  where: string,
  sources: readonly Source[],
  sourceName: string | null,
  name: string,
): AvailableColumn {
  for (const source of sources) {
    if (sourceName !== null && formulaName(source) !== sourceName) continue;
    const found = availableColumns(source).find((column) => column.name === name);
    if (found !== undefined) return found;
  }
  throw new Error(
    `${where} refers to [${sourceName === null ? "" : `${sourceName}/`}${name}], which no source has.`,
  );
}

function availableColumns(source: Source): readonly AvailableColumn[] {
  switch (source.kind) {
    case "table":
      return source.columns.map(({ name, type }) => ({
        name: friendlyName(name),
        type,
        origin: { source, column: name },
        passThroughId: `inode-${urlIdOf(source.id)}/${name}`,
      }));
    case "dataset":
      return source.columns.map(({ name, type }) => ({
        name,
        type,
        origin: { source, column: name },
        passThroughId: `inode-${urlIdOf(source.id)}/${name}`,
      }));
    case "sql":
      return source.columns.map(({ id, name, type }) => ({
        name,
        type,
        origin: { source, column: name },
        passThroughId: id,
      }));
    case "modelElement":
      return source.element.columns.map(({ name, type }) => ({
        name,
        type,
        origin: { source, column: name },
        passThroughId: null,
      }));
    case "element":
      return source.columns.map(({ name, type }) => ({
        name,
        type,
        origin: { source, column: name },
        passThroughId: null,
      }));
  }
}

function distinct(origins: readonly ColumnOrigin[]): readonly ColumnOrigin[] {
  return origins.filter(
    (origin, index) =>
      origins.findIndex((other) => other.source === origin.source && other.column === origin.column) ===
      index,
  );
}
