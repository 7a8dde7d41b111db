import { isValidValue } from "./attribute-values.ts";
import type { Token } from "./read-tokens.ts";
import { dagsterAttributes, refusedAttributes, selectionAttributes } from "./selection-attributes.ts";
import type { SelectionExpression, TraversalDepth, ValueAttribute } from "./selection-expression.ts";
import {
  type SelectionExpectation,
  type SelectionProblem,
  SelectionSyntaxError,
} from "./selection-syntax-error.ts";
import { syntaxProblem } from "./syntax-problem.ts";

/** Maximum nesting depth of expressions; prevents a stack overflow. */
const maxNesting = 200;

/** Keywords, which need quotes when used as values. */
const reserved: ReadonlySet<string> = new Set([
  ...["and", "AND", "or", "OR", "not", "NOT", "sinks", "roots"],
  ...Object.keys(dagsterAttributes),
  ...Object.keys(refusedAttributes),
]);

/** Keywords that Dagster's grammar nevertheless accepts as unquoted values, except for `key:`. */
const allowedAsValues: ReadonlySet<string> = new Set(["sensor", "schedule", "job"]);

/** A recursive descent parser. `not` binds most tightly, then `and`, then `or`. */
export class SelectionParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;
  /** Number of open parentheses. */
  #open = 0;
  /** Thrown once the rest has been parsed without errors. */
  #refused: SelectionProblem | null = null;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** @throws SelectionSyntaxError */
  parse(): SelectionExpression {
    const expression = this.#or();
    if (this.#token.type !== "end") this.#fail({ type: "operator", inParentheses: false });
    if (this.#refused !== null) throw new SelectionSyntaxError(this.#refused);
    return expression;
  }

  get #token(): Token {
    // The last token is `end`, and nothing reads past it.
    return this.#tokens[this.#at] as Token;
  }

  /** End of the last consumed token. */
  get #end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  #or(): SelectionExpression {
    return this.#joined("or", () => this.#joined("and", () => this.#operand()));
  }

  #joined(type: "and" | "or", next: () => SelectionExpression): SelectionExpression {
    const first = next();
    const operands = [first];
    while (this.#takeWord(type, type.toUpperCase())) operands.push(next());
    return operands.length === 1 ? first : { type, operands };
  }

  #operand(): SelectionExpression {
    if (this.#takeWord("not", "NOT")) {
      return { type: "not", operand: this.#nested(() => this.#operand()) };
    }
    if (this.#token.type === "star") {
      this.#at++;
      return { type: "all" };
    }
    const up = this.#up();
    const operand = this.#traversable(up === null);
    const down = this.#down();
    return up === null && down === null ? operand : { type: "traversal", operand, up, down };
  }

  #up(): TraversalDepth | null {
    const steps = this.#takeDigits();
    if (this.#takeSign("+")) return steps ?? "all";
    if (steps !== null) this.#fail({ type: "sign", sign: "+" });
    return null;
  }

  #down(): TraversalDepth | null {
    return this.#takeSign("+") ? (this.#takeDigits() ?? "all") : null;
  }

  /** Anything that may have a traversal: parentheses, a function, an attribute. */
  #traversable(all: boolean): SelectionExpression {
    if (this.#takeSign("(")) return this.#parenthesized();
    for (const type of ["sinks", "roots"] as const) {
      if (!this.#takeWord(type)) continue;
      this.#needSign("(");
      return { type, operand: this.#parenthesized() };
    }
    const { type, text } = this.#token;
    if (type === "word" && Object.hasOwn(refusedAttributes, text)) return this.#refusedAttribute(text);
    if (type === "word" && Object.hasOwn(selectionAttributes, text)) {
      return this.#attribute(text as ValueAttribute | "tag");
    }
    return this.#fail({ type: "operand", all });
  }

  #parenthesized(): SelectionExpression {
    this.#open++;
    const inside = this.#nested(() => this.#or());
    if (!this.#takeSign(")")) this.#fail({ type: "operator", inParentheses: true });
    this.#open--;
    return inside;
  }

  #attribute(attribute: ValueAttribute | "tag"): SelectionExpression {
    this.#at++;
    this.#needSign(":");
    const range = this.#token;
    const value = this.#value({ type: "value", attribute });
    if (attribute === "tag") return this.#tag(value, range);
    if (!isValidValue(attribute, value)) {
      this.#at--;
      this.#fail({ type: "value", attribute });
    }
    return { type: "attribute", attribute, value, range: { start: range.start, end: range.end } };
  }

  #tag(key: string | null, { start, end }: Token): SelectionExpression {
    const keyRange = { start, end };
    if (!this.#takeSign("=")) return { type: "tag", key, value: "", keyRange, valueRange: null };
    const valueRange = { start: this.#token.start, end: this.#token.end };
    const value = this.#value({ type: "tagValue", tag: key }) ?? "";
    return { type: "tag", key, value, keyRange, valueRange };
  }

  /** Parses an unsupported attribute completely; it is reported at the end. */
  #refusedAttribute(attribute: string): SelectionExpression {
    const { start } = this.#token;
    this.#at++;
    this.#needSign(":");
    // Dagster rejects this, too.
    if (attribute === "column_tag" && this.#token.type === "null") this.#fail({ type: "value", attribute });
    const value = this.#value({ type: "value", attribute });
    if (attribute === "column_tag" && this.#takeSign("=")) this.#value({ type: "tagValue", tag: value });
    this.#refused ??= {
      code: "SELECTION_NEEDS_INSTANCE",
      message: `"${attribute}:" is not supported here: ${refusedAttributes[attribute]}.`,
      hint: `Supported attributes: ${Object.keys(selectionAttributes).join(", ")}.`,
      range: { start, end: this.#end },
      expected: null,
    };
    return { type: "all" };
  }

  /** A word, a quoted text, or `<null>`. */
  #value(expected: SelectionExpectation & { readonly type: "value" | "tagValue" }): string | null {
    const isKey = expected.type === "value" && expected.attribute === "key";
    const { type, text } = this.#token;
    const isWord = type === "word" && (!reserved.has(text) || (allowedAsValues.has(text) && !isKey));
    if (!isWord && type !== "quoted" && type !== (isKey ? "wildcardWord" : "null")) this.#fail(expected);
    this.#at++;
    if (type === "null") return null;
    return type === "quoted" ? text.slice(1, -1) : text;
  }

  #nested(next: () => SelectionExpression): SelectionExpression {
    if (++this.#nesting > maxNesting) {
      throw new SelectionSyntaxError({
        code: "SELECTION_SYNTAX",
        message: `Expressions are nested more than ${maxNesting} levels deep.`,
        hint: "Use fewer parentheses.",
        range: this.#token,
        expected: null,
      });
    }
    const inside = next();
    this.#nesting--;
    return inside;
  }

  #takeWord(...words: readonly string[]): boolean {
    const { type, text } = this.#token;
    return type === "word" && words.includes(text) && this.#take();
  }

  #takeSign(sign: string): boolean {
    const { type, text } = this.#token;
    return type === "sign" && text === sign && this.#take();
  }

  #takeDigits(): number | null {
    const { type, text } = this.#token;
    return type === "digits" && this.#take() ? Number(text) : null;
  }

  #take(): true {
    this.#at++;
    return true;
  }

  #needSign(sign: string): void {
    if (!this.#takeSign(sign)) this.#fail({ type: "sign", sign });
  }

  #fail(expected: SelectionExpectation): never {
    const inner = expected.type === "operator" ? { ...expected, inParentheses: this.#open > 0 } : expected;
    throw new SelectionSyntaxError(syntaxProblem(this.#tokens, this.#at, inner));
  }
}
