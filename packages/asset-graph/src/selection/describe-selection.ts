import { describeAttribute, describeValues } from "./describe-attribute.ts";
import type { SelectionExpression, TraversalDepth } from "./selection-expression.ts";

/** A selection in words, for example `assets of kind workbook and without an owner`. */
export function describeSelection(expression: SelectionExpression): string {
  switch (expression.type) {
    case "all":
      return "all assets";
    case "asset":
      return `the asset ${expression.path}`;
    case "attribute":
      if (expression.attribute === "key" && expression.value !== null && !expression.value.includes("*"))
        return `the asset ${expression.value}`;
      return `assets ${clause(expression)}`;
    case "traversal": {
      const { operand, up, down } = expression;
      const isOne = describeSelection(operand).startsWith("the asset ");
      const ways = [
        ...(isWalked(up) ? [within(`what feeds ${isOne ? "it" : "them"}`, up)] : []),
        ...(isWalked(down) ? [within(`what ${isOne ? "it feeds" : "they feed"}`, down)] : []),
      ];
      return `${describeSelection(operand)}${ways.length === 0 ? "" : `, with ${ways.join(" and ")}`}`;
    }
    case "sinks":
      return `those of ${inner(expression.operand)} that feed no other of them`;
    case "roots":
      return `those of ${inner(expression.operand)} that no other of them feeds`;
    case "not":
      return expression.operand.type === "attribute" || expression.operand.type === "tag"
        ? `assets ${clause(expression)}`
        : `all assets except ${inner(expression.operand)}`;
    default:
      return `assets ${clause(expression)}`;
  }
}

/** What follows `assets` in a sentence. */
function clause(expression: SelectionExpression): string {
  switch (expression.type) {
    case "attribute":
    case "tag":
      return describeAttribute(expression, true);
    case "not":
      if (expression.operand.type === "attribute" || expression.operand.type === "tag")
        return describeAttribute(expression.operand, false);
      return `not among ${inner(expression.operand)}`;
    case "and":
      return expression.operands
        .map((operand) => (operand.type === "or" ? `(${clause(operand)})` : clause(operand)))
        .join(" and ");
    case "or":
      return (
        merged(expression) ??
        expression.operands
          .map((operand) => (operand.type === "and" ? `(${clause(operand)})` : clause(operand)))
          .join(" or ")
      );
    default:
      return `among ${inner(expression)}`;
  }
}

/** Alternatives of one attribute: `owned by ada or grace`. */
function merged({ operands }: { readonly operands: readonly SelectionExpression[] }): string | null {
  const values: string[] = [];
  const [first] = operands;
  if (first?.type !== "attribute") return null;
  for (const operand of operands) {
    if (operand.type !== "attribute" || operand.attribute !== first.attribute || operand.value === null)
      return null;
    values.push(operand.value);
  }
  return describeValues(first.attribute, values);
}

function inner(expression: SelectionExpression): string {
  const text = describeSelection(expression);
  return /[ ,]/.test(text.replace(/^(the asset|all assets)/, "")) ? `(${text})` : text;
}

function isWalked(depth: TraversalDepth | null): depth is TraversalDepth {
  return depth !== null && depth !== 0;
}

function within(what: string, depth: TraversalDepth): string {
  if (depth === "all") return what;
  return `${what} within ${depth} ${depth === 1 ? "step" : "steps"}`;
}
