import {
  formatSelection,
  parseSelection,
  type SelectionExpression,
  SelectionSyntaxError,
} from "@dagster-sigma/asset-graph/selection";
import { type Filter, type FilterValue, filters, valuesOfFilter } from "./filter.ts";

/** The values that each filter has in a selection; null if the selection cannot be read. */
export function filtersOf(text: string): ReadonlyMap<Filter, readonly FilterValue[]> | null {
  const terms = termsOf(text);
  if (terms === null) return null;
  const values = new Map<Filter, readonly FilterValue[]>();
  for (const filter of filters) {
    const term = terms.find((each) => valuesOfFilter(filter, each) !== null);
    values.set(filter, term === undefined ? [] : (valuesOfFilter(filter, term) ?? []));
  }
  return values;
}

/**
 * The selection with other values of one filter, which are alternatives; without values it has no such condition. All other conditions
 * stay. A selection that cannot be read is replaced.
 */
export function setFilter(text: string, filter: Filter, values: readonly FilterValue[]): string {
  const terms = termsOf(text) ?? [];
  const place = terms.findIndex((term) => valuesOfFilter(filter, term) !== null);
  const rest = terms.filter((_term, at) => at !== place);
  const [first, ...others] = values.map(
    ({ attribute, value }): SelectionExpression => ({
      type: "attribute",
      attribute,
      value,
      range: { start: 0, end: 0 },
    }),
  );
  const term: readonly SelectionExpression[] =
    first === undefined ? [] : others.length === 0 ? [first] : [{ type: "or", operands: [first, ...others] }];
  const at = place < 0 ? rest.length : place;
  const [only, ...more] = [...rest.slice(0, at), ...term, ...rest.slice(at)];
  if (only === undefined) return "";
  return formatSelection(more.length === 0 ? only : { type: "and", operands: [only, ...more] });
}

/** Conditions that all hold; null if the selection cannot be read. */
function termsOf(text: string): readonly SelectionExpression[] | null {
  if (text.trim() === "") return [];
  try {
    const expression = parseSelection(text);
    if (expression.type === "all") return [];
    return expression.type === "and" ? expression.operands : [expression];
  } catch (thrown) {
    if (thrown instanceof SelectionSyntaxError) return null;
    throw thrown;
  }
}
