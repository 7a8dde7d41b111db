import { allOf, type Found, onlyOne, withBasis } from "./column-address.ts";
import type { DocumentColumns, DocumentElement, ElementColumn } from "./document-columns.ts";
import type { NameIndex } from "./name-index.ts";

/** A source of an element, with its name in formulas. */
export interface NamedSource {
  readonly name: string;
  /** Finds a column by its display name. */
  readonly find: (shown: string, passedId: string | null) => Found;
  /** Whether it has a column with exactly this display name, as unions match them; null if unknown. */
  readonly has: (shown: string) => boolean | null;
}

/** The column that a reference in a formula means, among the sources of its element. */
export function followSources(
  sources: NameIndex<NamedSource>,
  names: readonly string[],
  passedId: string | null,
): Found {
  const [first = ""] = names;
  if (names.length === 1) return onlyOne(sources.all.map((source) => source.find(first, passedId)));
  const shown = names.at(-1) ?? "";
  const named = sources.find(first);
  if (named.length > 0) return onlyOne(named.map((source) => source.find(shown, passedId)));
  return /^Union of \d+ Sources$/i.test(first) ? followUnion(sources.all, shown) : "sourceUnknown";
}

/** The column in the sources of a union that have it; if none certainly has it, in the only one that may have it. */
function followUnion(sources: readonly NamedSource[], shown: string): Found {
  const having = sources.filter((source) => source.has(shown) === true);
  const possible = sources.filter((source) => source.has(shown) === null);
  if (having.length === 0 && possible.length !== 1)
    return possible.length === 0 ? "columnUnknown" : "ambiguous";
  return withBasis(
    allOf((having.length > 0 ? having : possible).map((source) => source.find(shown, null))),
    "name",
  );
}

/** An element as a source. */
export function elementSource(document: DocumentColumns, element: DocumentElement): NamedSource {
  return {
    name: element.name,
    has: (shown) => element.columns.some(({ name }) => name === shown),
    find: (shown) => {
      const column = findNamed(element.columns, shown);
      if (column === null) return "columnUnknown";
      return [{ type: "element", objectId: document.id, elementId: element.id, column: column.name }];
    },
  };
}

/** An exact match or, without one, the only case-insensitive match. */
export function findNamed(columns: readonly ElementColumn[], name: string): ElementColumn | null {
  const exact = columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const [only, ...others] = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  return only !== undefined && others.length === 0 ? only : null;
}
