import type { SelectionExpression, ValueAttribute } from "@dagster-sigma/asset-graph/selection";

/** A condition of one attribute, as a filter sets it. */
export interface FilterValue {
  readonly attribute: ValueAttribute;
  /** Null stands for `<null>`. */
  readonly value: string | null;
}

export const filters = ["kind", "folder", "owner", "problem", "changed"] as const;
export type Filter = (typeof filters)[number];

const attributesOf: Readonly<Record<Filter, readonly ValueAttribute[]>> = {
  kind: ["kind"],
  folder: ["folder"],
  owner: ["owner"],
  problem: ["problem"],
  changed: ["changed_since", "changed_before"],
};

/** The values of a filter if an expression is nothing but one, or alternatives of one; null for any other expression. */
export function valuesOfFilter(
  filter: Filter,
  expression: SelectionExpression,
): readonly FilterValue[] | null {
  const alternatives = expression.type === "or" ? expression.operands : [expression];
  const values: FilterValue[] = [];
  for (const each of alternatives) {
    if (each.type !== "attribute" || !attributesOf[filter].includes(each.attribute)) return null;
    values.push({ attribute: each.attribute, value: each.value });
  }
  return values;
}

export function isSameValue(a: FilterValue, b: FilterValue): boolean {
  return a.attribute === b.attribute && a.value === b.value;
}
