import { parse, tokenize } from "@huggingface/jinja";

/** An expression of a template; the nodes of the parser of `@huggingface/jinja` 0.5 that are evaluated here. */
export type Expression =
  | { readonly type: "Identifier"; readonly value: string }
  | { readonly type: "StringLiteral"; readonly value: string }
  | { readonly type: "IntegerLiteral" | "FloatLiteral"; readonly value: number }
  | { readonly type: "ArrayLiteral" | "TupleLiteral"; readonly value: readonly Expression[] }
  | { readonly type: "ObjectLiteral"; readonly value: ReadonlyMap<Expression, Expression> }
  | {
      readonly type: "MemberExpression";
      readonly object: Expression;
      readonly property: Expression | Slice;
      /** `a[b]` instead of `a.b`. */
      readonly computed: boolean;
    }
  | { readonly type: "CallExpression"; readonly callee: Expression; readonly args: readonly Argument[] }
  | {
      readonly type: "BinaryExpression";
      readonly operator: { readonly value: string };
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: "UnaryExpression";
      readonly operator: { readonly value: string };
      readonly argument: Expression;
    }
  | { readonly type: "FilterExpression"; readonly operand: Expression; readonly filter: Expression }
  | {
      readonly type: "TestExpression";
      readonly operand: Expression;
      readonly negate: boolean;
      readonly test: { readonly value: string };
    }
  | {
      readonly type: "Ternary";
      readonly condition: Expression;
      readonly trueExpr: Expression;
      readonly falseExpr: Expression;
    };

/** `a[1:3]`. */
export interface Slice {
  readonly type: "SliceExpression";
  readonly start?: Expression;
  readonly stop?: Expression;
  readonly step?: Expression;
}

/** An argument of a call, with its name if it has one. */
export type Argument =
  | Expression
  | {
      readonly type: "KeywordArgumentExpression";
      readonly key: { readonly value: string };
      readonly value: Expression;
    };

/** Whether a text is more than text for Dagster, which renders every text of a component file with Jinja. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/** Names of what is not supported. Statements would need a value for the whole text. */
const unsupported: Readonly<Record<string, string>> = {
  If: "{% if %}",
  For: "{% for %}",
  Set: "{% set %}",
  Macro: "{% macro %}",
  FilterStatement: "{% filter %}",
  CallStatement: "{% call %}",
};

/** A statement of Jinja, which is not evaluated. */
export class StatementFound extends Error {}

/**
 * The parts of a template: text is a `StringLiteral`.
 *
 * @throws SyntaxError, Error of the parser; StatementFound with the name of the statement
 */
export function parseTemplate(text: string): readonly Expression[] {
  const body = parse(tokenize(text)).body as readonly { readonly type: string }[];
  return body.flatMap((node): readonly Expression[] => {
    if (node.type === "Comment") return [];
    const name = unsupported[node.type];
    if (name !== undefined) throw new StatementFound(name);
    return [node as Expression];
  });
}
