import { AssetGraphError } from "../errors.ts";
import type { TextRange } from "./selection-expression.ts";

/** What would be valid at the position of an error; used for completions. */
export type SelectionExpectation =
  /** An attribute, a function or `(`; with `all` also `not` and `*`. */
  | { readonly type: "operand"; readonly all: boolean }
  /** `and`, `or`, perhaps `)`, or the end. */
  | { readonly type: "operator"; readonly inParentheses: boolean }
  | { readonly type: "value"; readonly attribute: string }
  | { readonly type: "tagValue"; readonly tag: string | null }
  /** A specific character, for example `:`. */
  | { readonly type: "sign"; readonly sign: string };

/** The details of a {@link SelectionSyntaxError}. */
export interface SelectionProblem {
  readonly code: "SELECTION_SYNTAX" | "SELECTION_NEEDS_INSTANCE";
  readonly message: string;
  readonly hint: string;
  readonly range: TextRange;
  readonly expected: SelectionExpectation | null;
}

/** An invalid selection; its code is `SELECTION_SYNTAX` or `SELECTION_NEEDS_INSTANCE`. */
export class SelectionSyntaxError extends AssetGraphError {
  /** Start offset of the error. */
  readonly start: number;
  /** End offset of the error. Both are the length of the text if something is missing at its end. */
  readonly end: number;
  /** Null if no other token would be valid, for example in a selection that is nested too deeply. */
  readonly expected: SelectionExpectation | null;

  constructor(problem: SelectionProblem) {
    super(problem.code, problem.message, problem.hint);
    this.start = problem.range.start;
    this.end = problem.range.end;
    this.expected = problem.expected;
  }
}
