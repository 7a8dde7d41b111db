import { nearestNames } from "../../help/nearest-name.ts";
import type { Argument, Expression, Slice } from "./expression.ts";
import { filters, isTrue } from "./filters.ts";
import { itemOf, memberOf, typeName } from "./members.ts";
import { operate } from "./operators.ts";
import { Missing, ScopeFunction, TemplateProblem, type TemplateValue } from "./scope-object.ts";

/** The names that a template may use, computed when they are read. */
export type Scope = Readonly<Record<string, () => TemplateValue>>;

const constants: Readonly<Record<string, TemplateValue>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

/**
 * Evaluates an expression. It reaches what the scope has, JSON values and a few methods of text; nothing can be executed.
 *
 * @throws TemplateProblem
 */
export function evaluate(expression: Expression, scope: Scope): TemplateValue {
  switch (expression.type) {
    case "StringLiteral":
    case "IntegerLiteral":
    case "FloatLiteral":
      return expression.value;
    case "ArrayLiteral":
    case "TupleLiteral":
      return expression.value.map((item) => existing(evaluate(item, scope)));
    case "ObjectLiteral":
      return Object.fromEntries(
        [...expression.value].map(([name, item]) => [
          String(evaluate(name, scope)),
          existing(evaluate(item, scope)),
        ]),
      );
    case "Identifier":
      return nameOf(expression.value, scope);
    case "MemberExpression":
      return member(expression, scope);
    case "CallExpression":
      return call(expression, scope);
    case "FilterExpression":
      return filter(expression, scope);
    case "Ternary":
      return isTrue(evaluate(expression.condition, scope))
        ? evaluate(expression.trueExpr, scope)
        : evaluate(expression.falseExpr, scope);
    case "TestExpression":
      return test(expression, scope) !== expression.negate;
    case "UnaryExpression": {
      const value = existing(evaluate(expression.argument, scope));
      if (expression.operator.value === "not") return !isTrue(value);
      return operate(expression.operator.value, 0, value);
    }
    case "BinaryExpression":
      return binary(expression, scope);
    default:
      throw new TemplateProblem("This kind of expression is not supported.", undefined, true);
  }
}

type OfType<Type extends Expression["type"]> = Extract<Expression, { readonly type: Type }>;

function existing(value: TemplateValue): TemplateValue {
  if (value instanceof Missing) throw value.problem;
  return value;
}

function nameOf(name: string, scope: Scope): TemplateValue {
  if (Object.hasOwn(scope, name)) return (scope[name] as () => TemplateValue)();
  if (Object.hasOwn(constants, name)) return constants[name] ?? null;
  const near = nearestNames(name, Object.keys(scope));
  const hint =
    near.length > 0 ? `Did you mean: ${near.join(", ")}?` : `Known: ${Object.keys(scope).join(", ")}.`;
  return new Missing(new TemplateProblem(`"${name}" is not known here.`, hint));
}

function member({ object, property, computed }: OfType<"MemberExpression">, scope: Scope): TemplateValue {
  const value = evaluate(object, scope);
  const what = describe(object);
  if (property.type === "SliceExpression") return slice(existing(value), property, what, scope);
  if (computed) return itemOf(value, existing(evaluate(property, scope)), what);
  if (property.type === "Identifier") return memberOf(value, property.value, what);
  return itemOf(value, evaluate(property, scope), what);
}

function slice(
  value: TemplateValue,
  { start, stop, step }: Slice,
  what: string,
  scope: Scope,
): TemplateValue {
  const bound = (expression: Expression | undefined): number | undefined => {
    const found = expression === undefined ? null : existing(evaluate(expression, scope));
    if (found === null) return undefined;
    if (typeof found === "number") return found;
    throw new TemplateProblem(`A part of ${what} begins and ends with a number.`);
  };
  if (step !== undefined) throw new TemplateProblem("A step in [start:stop:step] is not supported.");
  if (typeof value === "string" || Array.isArray(value)) return value.slice(bound(start), bound(stop));
  throw new TemplateProblem(`${what} is ${typeName(value)}, and has no parts.`);
}

function call({ callee, args }: OfType<"CallExpression">, scope: Scope): TemplateValue {
  const called = existing(evaluate(callee, scope));
  const what = describe(callee);
  if (called instanceof ScopeFunction) return called.call(argumentsOf(args, scope));
  throw new TemplateProblem(
    `${what} is ${typeName(called)}, not a function.`,
    `Write ${what} without parentheses.`,
  );
}

function argumentsOf(args: readonly Argument[], scope: Scope): Parameters<ScopeFunction["call"]>[0] {
  const positional: TemplateValue[] = [];
  const named: Record<string, TemplateValue> = Object.create(null);
  for (const argument of args) {
    if (argument.type === "KeywordArgumentExpression")
      named[argument.key.value] = existing(evaluate(argument.value, scope));
    else positional.push(existing(evaluate(argument, scope)));
  }
  return { positional, named };
}

function filter({ operand, filter: used }: OfType<"FilterExpression">, scope: Scope): TemplateValue {
  const [name, args] =
    used.type === "CallExpression" ? [describe(used.callee), used.args] : [describe(used), []];
  const known = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (known === undefined) {
    const near = nearestNames(name, Object.keys(filters));
    throw new TemplateProblem(
      `The filter "${name}" is not supported.`,
      near.length > 0
        ? `Did you mean: ${near.join(", ")}?`
        : `Supported: ${Object.keys(filters).join(", ")}.`,
      near.length === 0,
    );
  }
  const value = evaluate(operand, scope);
  if (name !== "default" && name !== "d") existing(value);
  return new ScopeFunction(name, known.parameters, (given) => known.call(value, given)).call(
    argumentsOf(args, scope),
  );
}

function test({ operand, test: used }: OfType<"TestExpression">, scope: Scope): boolean {
  const value = evaluate(operand, scope);
  switch (used.value) {
    case "defined":
      return !(value instanceof Missing);
    case "undefined":
      return value instanceof Missing;
    case "none":
      return existing(value) === null;
    default:
      throw new TemplateProblem(
        `The test "is ${used.value}" is not supported.`,
        "Supported: is defined, is undefined, is none.",
        true,
      );
  }
}

function binary({ operator, left, right }: OfType<"BinaryExpression">, scope: Scope): TemplateValue {
  const first = existing(evaluate(left, scope));
  const { value: sign } = operator;
  if (sign === "and") return isTrue(first) ? existing(evaluate(right, scope)) : first;
  if (sign === "or") return isTrue(first) ? first : existing(evaluate(right, scope));
  return operate(sign, first, existing(evaluate(right, scope)));
}

/** An expression as it may have been written, for messages. */
function describe(expression: Expression): string {
  switch (expression.type) {
    case "Identifier":
      return expression.value;
    case "StringLiteral":
      return `"${expression.value}"`;
    case "MemberExpression": {
      const { object, property, computed } = expression;
      if (property.type === "SliceExpression") return `${describe(object)}[…]`;
      return computed
        ? `${describe(object)}[${describe(property)}]`
        : `${describe(object)}.${describe(property)}`;
    }
    case "CallExpression":
      return `${describe(expression.callee)}(…)`;
    case "IntegerLiteral":
    case "FloatLiteral":
      return String(expression.value);
    default:
      return "the value";
  }
}
