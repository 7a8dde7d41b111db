import type { SelectionExpression, ValueAttribute } from "./selection-expression.ts";

type AttributeExpression = Extract<SelectionExpression, { readonly type: "attribute" | "tag" }>;

/** What an attribute says about assets, or denies: `of kind workbook`, `not of kind workbook`. */
export function describeAttribute(expression: AttributeExpression, isAffirmed: boolean): string {
  if (expression.type === "tag") {
    const { key, value } = expression;
    if (key === null) return isAffirmed ? "without tags" : "with tags";
    return `${isAffirmed ? "with" : "without"} the tag ${key}${value === "" ? "" : `=${value}`}`;
  }
  const { attribute, value } = expression;
  if (value === null) return withOrWithout(!isAffirmed, absent[attribute]);
  if (attribute === "problem")
    return withOrWithout(
      isAffirmed,
      value === "*" ? "a problem" : value === "error" ? "an error" : `a ${value}`,
    );
  if (attribute === "column") return withOrWithout(isAffirmed, `a column ${value}`);
  return `${isAffirmed ? "" : "not "}${describeValues(attribute, [value])}`;
}

/** What alternative values of an attribute say: `owned by ada or grace`. */
export function describeValues(attribute: ValueAttribute, values: readonly string[]): string {
  const all = values.join(" or ");
  switch (attribute) {
    case "key":
      return `with the key ${all}`;
    case "owner":
      return `owned by ${all}`;
    case "group":
      return `in the group ${all}`;
    case "kind":
      return `of kind ${all}`;
    case "column":
      return `with a column ${all}`;
    case "table_name":
      return `of the table ${all}`;
    case "is":
      return all;
    case "folder":
      return `in the folder ${all}`;
    case "problem":
      return `with a problem of severity ${all}`;
    case "changed_since":
      return `changed since ${all}`;
    case "changed_before":
      return `last changed before ${all}`;
  }
}

/** What an asset lacks that `<null>` selects. */
const absent: Readonly<Record<ValueAttribute, string>> = {
  key: "a key",
  owner: "an owner",
  group: "a group",
  kind: "a kind",
  column: "known columns",
  table_name: "a table",
  is: "a type",
  folder: "a folder",
  problem: "a problem",
  changed_since: "a known time of change",
  changed_before: "a known time of change",
};

function withOrWithout(isWith: boolean, what: string): string {
  return `${isWith ? "with" : "without"} ${what}`;
}
