/** Dagster's selection syntax: parsing, evaluation on any graph, completion. Runs in browsers. */
export {
  type CompletionOptions,
  completeSelection,
  type SelectionCompletion,
  type SelectionCompletions,
} from "./complete-selection.ts";
export { describeSelection } from "./describe-selection.ts";
export { enclosingFolders } from "./enclosing-folders.ts";
export { evaluateSelection } from "./evaluate-selection.ts";
export { formatSelection } from "./format-selection.ts";
export { parseSelection } from "./parse-selection.ts";
export type { SelectableGraph, SelectableNode } from "./selectable-graph.ts";
export type {
  SelectionExpression,
  TextRange,
  TraversalDepth,
  ValueAttribute,
} from "./selection-expression.ts";
export {
  type SelectionExpectation,
  type SelectionProblem,
  SelectionSyntaxError,
} from "./selection-syntax-error.ts";
export { type SelectionVocabulary, selectionVocabulary } from "./selection-vocabulary.ts";
export { suggestCase } from "./suggest-case.ts";
