import { evaluateSelection } from "./evaluate-selection.ts";
import { wildcardMatcher } from "./match-wildcard.ts";
import { parseSelection } from "./parse-selection.ts";
import { quotedValue } from "./quoted-value.ts";
import type { SelectableGraph } from "./selectable-graph.ts";
import type { SelectionExpression, TextRange } from "./selection-expression.ts";
import { type SelectionVocabulary, selectionVocabulary, valuesOf } from "./selection-vocabulary.ts";

interface Replacement {
  readonly range: TextRange;
  readonly text: string;
}

/**
 * For a selection without matches: the same selection with its values in the case that the graph uses. Null if that
 * has no matches either, or changes nothing. Matching is case-sensitive, as in Dagster; this is for the hint.
 *
 * @param vocabulary that of the graph, if already computed
 * @throws SelectionSyntaxError
 */
export function suggestCase(
  text: string,
  graph: SelectableGraph,
  vocabulary: SelectionVocabulary = selectionVocabulary(graph),
): string | null {
  const replacements = replacementsFor(parseSelection(text), vocabulary);
  if (replacements.length === 0) return null;
  // From the end backwards, so that earlier offsets stay valid.
  const suggested = replacements.reduceRight(
    (changed, { range, text: value }) => changed.slice(0, range.start) + value + changed.slice(range.end),
    text,
  );
  return evaluateSelection(parseSelection(suggested), graph).size === 0 ? null : suggested;
}

/** In text order. */
function replacementsFor(
  expression: SelectionExpression,
  vocabulary: SelectionVocabulary,
): readonly Replacement[] {
  if ("operands" in expression)
    return expression.operands.flatMap((operand) => replacementsFor(operand, vocabulary));
  if ("operand" in expression) return replacementsFor(expression.operand, vocabulary);
  if (expression.type === "asset") {
    const { path, range } = expression;
    return respelled(path, vocabulary.keys).map((key) => ({ range, text: key }));
  }
  if (expression.type === "attribute") {
    const { attribute, value, range } = expression;
    const values = value === null ? [] : respelled(value, valuesOf(vocabulary, attribute));
    return values
      .flatMap((respelling) => quotedValue(respelling) ?? [])
      .map((quoted) => ({ range, text: quoted }));
  }
  if (expression.type !== "tag" || expression.key === null) return [];
  const { key, value, keyRange, valueRange } = expression;
  const [tag = key] = respelled(key, [...vocabulary.tags.keys()]);
  const [spelled = value] = respelled(value, vocabulary.tags.get(tag) ?? []);
  return [
    ...(tag === key ? [] : [{ range: keyRange, text: `"${tag}"` }]),
    ...(spelled === value || valueRange === null ? [] : [{ range: valueRange, text: `"${spelled}"` }]),
  ];
}

/** The pattern spelled so that it matches one of the values; empty if it already matches, or if none matches. */
function respelled(pattern: string, values: readonly string[]): readonly string[] {
  if (values.some(wildcardMatcher(pattern))) return [];
  const folded = pattern.toLowerCase();
  const matches = wildcardMatcher(folded);
  const value = values.find((candidate) => matches(candidate.toLowerCase()));
  // A letter whose lower case form is longer would shift the offsets after it.
  if (value === undefined || value.toLowerCase().length !== value.length) return [];
  const parts = folded.split("*");
  let at = 0;
  const spelled = parts.map((part, index) => {
    const isLast = index === parts.length - 1 && index > 0;
    const start = isLast ? value.length - part.length : value.toLowerCase().indexOf(part, at);
    at = start + part.length;
    return value.slice(start, at);
  });
  return [spelled.join("*")];
}
