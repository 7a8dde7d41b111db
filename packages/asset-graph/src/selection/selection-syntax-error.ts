import { AssetGraphError } from "../errors.ts";
import type { TextRange } from "./selection-expression.ts";

/** What could have stood where a selection goes wrong; completion offers it. */
export type SelectionExpectation =
  /** An attribute, a function or `(`; with `all` also `not` and `*`. */
  | { readonly type: "operand"; readonly all: boolean }
  /** `and`, `or`, perhaps `)`, or the end. */
  | { readonly type: "operator"; readonly inParentheses: boolean }
  | { readonly type: "value"; readonly attribute: string }
  | { readonly type: "tagValue"; readonly tag: string | null }
  /** A certain sign, for example `:`. */
  | { readonly type: "sign"; readonly sign: string };

export interface SelectionProblem {
  readonly code: "SELECTION_SYNTAX" | "SELECTION_NEEDS_INSTANCE";
  readonly message: string;
  readonly hint: string;
  readonly range: TextRange;
  readonly expected: SelectionExpectation | null;
}

/** A selection that cannot be read; its code is `SELECTION_SYNTAX` or `SELECTION_NEEDS_INSTANCE`. */
export class SelectionSyntaxError extends AssetGraphError {
  /** Where it goes wrong: from this offset … */
  readonly start: number;
  /** … up to this one. Both are the length of the text where something is missing at its end. */
  readonly end: number;
  /** Null where nothing else would do, for example in a selection that is nested too deeply. */
  readonly expected: SelectionExpectation | null;

  constructor(problem: SelectionProblem) {
    super(problem.code, problem.message, problem.hint);
    this.start = problem.range.start;
    this.end = problem.range.end;
    this.expected = problem.expected;
  }
}
