import { quotedPattern } from "./quoted-value.ts";
import type { SelectionExpression, TraversalDepth } from "./selection-expression.ts";

/** The text of a selection, with all values in quotes. A bare key becomes `key:"…"`. */
export function formatSelection(expression: SelectionExpression): string {
  switch (expression.type) {
    case "all":
      return "*";
    case "attribute":
      return `${expression.attribute}:${valueText(expression.value)}`;
    case "tag": {
      const { key, value } = expression;
      return `tag:${valueText(key)}${value === "" ? "" : `=${valueText(value)}`}`;
    }
    case "asset":
      return `key:${valueText(expression.path)}`;
    case "and":
    case "or":
      return expression.operands
        .map((operand) => inParentheses(operand, bindingOf(operand) <= bindingOf(expression)))
        .join(` ${expression.type} `);
    case "not":
      return `not ${inParentheses(expression.operand, bindingOf(expression.operand) < bindingOf(expression))}`;
    case "traversal": {
      const { operand, up, down } = expression;
      const inner = inParentheses(
        operand,
        bindingOf(operand) <= bindingOf(expression) || operand.type === "all",
      );
      return `${up === null ? "" : `${stepsText(up)}+`}${inner}${down === null ? "" : `+${stepsText(down)}`}`;
    }
    case "sinks":
    case "roots":
      return `${expression.type}(${formatSelection(expression.operand)})`;
  }
}

function inParentheses(expression: SelectionExpression, isNeeded: boolean): string {
  const text = formatSelection(expression);
  return isNeeded ? `(${text})` : text;
}

/** How strongly an expression binds; one that binds less than its context needs parentheses. */
function bindingOf({ type }: SelectionExpression): number {
  const weak = ["or", "and", "not", "traversal"].indexOf(type);
  return weak < 0 ? 4 : weak;
}

function valueText(value: string | null): string {
  return value === null ? "<null>" : quotedPattern(value);
}

function stepsText(depth: TraversalDepth): string {
  return depth === "all" ? "" : String(depth);
}
