import { type AvailableColumn, availableColumns } from "./available-columns.ts";
import { type FormulaPart, formulaName, unionName, writeFormula } from "./formula.ts";
import type { Identifiers } from "./identifiers.ts";
import type { Column, ColumnOrigin, ColumnTypeName, Combination, Source } from "./organization.ts";

/** The specification of a column: the name of a source column, or a name with a formula as text or in parts. */
export type ColumnSpec =
  | string
  | { readonly name: string; readonly formula: string; readonly type?: ColumnTypeName }
  | { readonly name: string; readonly parts: readonly FormulaPart[]; readonly type?: ColumnTypeName };

/** The sources for the columns of an element. */
export interface ColumnSources {
  readonly sources: readonly Source[];
  readonly lookups: readonly Source[];
  readonly combination: Combination;
}

/**
 * Builds the columns of an element from specifications. Throws if a formula or name refers to a missing column, so
 * that sample data is consistent.
 */
export function buildColumns(
  ids: Identifiers,
  where: string,
  from: ColumnSources,
  specs: readonly ColumnSpec[],
): readonly Column[] {
  const columns: Column[] = [];
  for (const spec of specs) {
    const name = typeof spec === "string" ? spec : spec.name;
    const newId = (): string => ids.short(`${where}/${name}`);
    if (typeof spec === "string") {
      columns.push(passThrough(where, from, name, newId));
    } else if ("parts" in spec) {
      const origins = spec.parts.flatMap((part) => (typeof part === "string" ? [] : part.from));
      columns.push(computed(newId(), name, writeFormula(spec.parts), spec.type, origins));
    } else {
      const origins = references(spec.formula).flatMap((reference) =>
        resolve(where, from, columns, reference),
      );
      columns.push(computed(newId(), name, spec.formula, spec.type, origins));
    }
  }
  return columns;
}

function computed(
  id: string,
  name: string,
  formula: string,
  type: ColumnTypeName | undefined,
  from: readonly ColumnOrigin[],
): Column {
  return { id, name, formula, type: type ?? "number", from: distinct(from) };
}

/** A column of a union comes from every source with a column of that name. */
function passThrough(where: string, from: ColumnSources, name: string, newId: () => string): Column {
  const first = find(where, from.sources, null, name);
  if (from.combination === "join") {
    const formula = writeFormula([{ names: [formulaName(first.origin.source), name], from: [] }]);
    return { id: first.passThroughId ?? newId(), name, formula, type: first.type, from: [first.origin] };
  }
  const origins = from.sources.flatMap((source) => availableColumns(source).get(name)?.origin ?? []);
  const formula = writeFormula([{ names: [unionName(from.sources), name], from: [] }]);
  return { id: newId(), name, formula, type: first.type, from: origins };
}

/** The references of a formula, each split at `/`. */
function references(formula: string): readonly (readonly string[])[] {
  return [...formula.matchAll(/\[([^\]]+)\]/g)].map((match) => (match[1] ?? "").split("/"));
}

function resolve(
  where: string,
  { sources, lookups }: ColumnSources,
  siblings: readonly Column[],
  reference: readonly string[],
): readonly ColumnOrigin[] {
  const [first = "", second] = reference;
  const all = [...sources, ...lookups];
  if (second !== undefined) return [find(where, all, first, second).origin];
  const sibling = siblings.find((column) => column.name === first);
  return sibling === undefined ? [find(where, all, null, first).origin] : sibling.from;
}

function find(
  where: string,
  sources: readonly Source[],
  sourceName: string | null,
  name: string,
): AvailableColumn {
  for (const source of sources) {
    if (sourceName !== null && formulaName(source) !== sourceName) continue;
    const found = availableColumns(source).get(name);
    if (found !== undefined) return found;
  }
  throw new Error(
    `${where} refers to [${sourceName === null ? "" : `${sourceName}/`}${name}], but no source has this column.`,
  );
}

function distinct(origins: readonly ColumnOrigin[]): readonly ColumnOrigin[] {
  return origins.filter(
    (origin, index) =>
      origins.findIndex((other) => other.source === origin.source && other.column === origin.column) ===
      index,
  );
}
