import { nearestNames } from "../../help/nearest-name.ts";
import type { Expression } from "./expression.ts";
import { filters } from "./filters.ts";
import { TemplateProblem } from "./scope-object.ts";
import type { TemplateNames } from "./template-names.ts";

const constants: readonly string[] = ["true", "True", "false", "False", "none", "None"];

/**
 * Checks the names in an expression before there is anything to evaluate it with.
 *
 * @returns the names that it uses
 * @throws TemplateProblem
 */
export function checkNames(expression: Expression, { file, others }: TemplateNames): ReadonlySet<string> {
  const known = [...Object.keys(file), ...Object.keys(others)];
  const used = new Set<string>();
  for (const node of withChildren(expression)) {
    if (node.type === "Identifier" && !constants.includes(node.value)) {
      used.add(node.value);
      if (!known.includes(node.value)) throw unknown(`"${node.value}" is not known here.`, node.value, known);
    }
    if (node.type === "MemberExpression" && node.object.type === "Identifier" && !node.computed) {
      const members = Object.hasOwn(others, node.object.value) ? others[node.object.value] : undefined;
      const { property } = node;
      if (members !== undefined && property.type === "Identifier" && !members.includes(property.value))
        throw unknown(`${node.object.value} has no "${property.value}".`, property.value, members);
    }
    if (node.type === "FilterExpression") {
      const used = node.filter.type === "CallExpression" ? node.filter.callee : node.filter;
      if (used.type === "Identifier" && !Object.hasOwn(filters, used.value))
        throw unknown(`The filter "${used.value}" is not supported.`, used.value, Object.keys(filters));
    }
  }
  return used;
}

function unknown(message: string, name: string, known: readonly string[]): TemplateProblem {
  const near = nearestNames(name, known);
  return new TemplateProblem(
    message,
    near.length > 0 ? `Did you mean: ${near.join(", ")}?` : `Known: ${[...known].sort().join(", ")}.`,
  );
}

/** Types of nodes that are evaluated. */
function* withChildren(node: Expression): Generator<Expression> {
  yield node;
  for (const child of childrenOf(node)) yield* withChildren(child);
}

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case "Identifier":
    case "StringLiteral":
    case "IntegerLiteral":
    case "FloatLiteral":
      return [];
    case "ArrayLiteral":
    case "TupleLiteral":
      return node.value;
    case "ObjectLiteral":
      return [...node.value].flat();
    case "MemberExpression": {
      const { property, computed } = node;
      if (property.type === "SliceExpression")
        return [node.object, property.start, property.stop].filter((each) => each !== undefined);
      return computed ? [node.object, property] : [node.object];
    }
    case "CallExpression":
      return [
        node.callee,
        ...node.args.map((argument) =>
          argument.type === "KeywordArgumentExpression" ? argument.value : argument,
        ),
      ];
    case "BinaryExpression":
      return [node.left, node.right];
    case "UnaryExpression":
      return [node.argument];
    case "FilterExpression": {
      const { operand, filter } = node;
      const args = filter.type === "CallExpression" ? childrenOf(filter).slice(1) : [];
      return [operand, ...args];
    }
    case "TestExpression":
      return [node.operand];
    case "Ternary":
      return [node.condition, node.trueExpr, node.falseExpr];
    default:
      throw new TemplateProblem("This kind of expression is not supported.", undefined, true);
  }
}
