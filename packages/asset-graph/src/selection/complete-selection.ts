import { completionContext, expectedAfter } from "./completion-context.ts";
import { wildcardMatcher } from "./match-wildcard.ts";
import { quotedPattern, quotedValue } from "./quoted-value.ts";
import { selectionAttributes } from "./selection-attributes.ts";
import type { TextRange } from "./selection-expression.ts";
import { type SelectionVocabulary, valuesOf } from "./selection-vocabulary.ts";

/** A suggestion for the cursor position. */
export interface SelectionCompletion {
  readonly type: "attribute" | "function" | "operator" | "value";
  /** The displayed text. */
  readonly label: string;
  /** The text that replaces the range. */
  readonly text: string;
  /** A description; empty for values. */
  readonly detail: string;
}

/** The completions at a position, with the range that they replace. */
export interface SelectionCompletions {
  /** The range that each completion replaces. */
  readonly range: TextRange;
  readonly completions: readonly SelectionCompletion[];
}

/** Options of {@link completeSelection}. */
export interface CompletionOptions {
  /** Maximum number of values. Default: 50. */
  readonly limit?: number;
}

const functions: Readonly<Record<string, string>> = {
  sinks: "only those without downstream assets in the selection",
  roots: "only those without upstream assets in the selection",
};

/** Attributes whose values may contain a wildcard. */
const withWildcard: ReadonlySet<string> = new Set(["key", "group", "column", "table_name", "folder"]);

/** Attributes that may be `<null>`. */
const withNull: ReadonlySet<string> = new Set([
  ...["owner", "kind", "tag", "column", "table_name"],
  ...["folder", "problem", "changed_since", "changed_before"],
]);

/**
 * Completions at a position in a selection, best first. Values are matched by substring, case-insensitive.
 *
 * @param cursor offset in UTF-16 code units
 */
export function completeSelection(
  text: string,
  cursor: number,
  vocabulary: SelectionVocabulary,
  options: CompletionOptions = {},
): SelectionCompletions {
  const { range, typed, before, expected } = completionContext(text, cursor);
  const limit = options.limit ?? 50;
  const after = text.slice(range.end);
  const find = (values: Iterable<string>): readonly string[] => findValues(values, typed, limit);
  const complete = (): readonly SelectionCompletion[] => {
    switch (expected?.type) {
      case "operand":
        return [
          ...startingWith(typed, operands(expected.all, after)),
          ...(typed === "" ? [] : find(vocabulary.keys).map(keyCompletion)),
        ];
      case "operator":
        return startingWith(typed, operators(before, expected.inParentheses));
      case "value":
        return expected.attribute === "tag"
          ? [...find(tagTexts(vocabulary)).map(tagCompletion), ...nullCompletion("tag", typed)]
          : [
              ...find(valuesOf(vocabulary, expected.attribute)).flatMap((value) =>
                valueCompletion(expected.attribute, value),
              ),
              ...nullCompletion(expected.attribute, typed),
            ];
      case "tagValue":
        return find(vocabulary.tags.get(expected.tag ?? "") ?? []).flatMap((value) =>
          valueCompletion("tag", value),
        );
      case "sign":
        return startingWith(typed, [operator(expected.sign, expected.sign, "")]);
      case undefined:
        return [];
    }
  };
  return { range, completions: complete() };
}

function operands(all: boolean, after: string): readonly SelectionCompletion[] {
  const attributes = Object.entries(selectionAttributes).map(([attribute, detail]) => ({
    type: "attribute" as const,
    label: `${attribute}:`,
    text: after.startsWith(":") ? attribute : `${attribute}:`,
    detail,
  }));
  const calls = Object.entries(functions).map(([name, detail]) => ({
    type: "function" as const,
    label: `${name}(…)`,
    text: after.startsWith("(") ? name : `${name}(`,
    detail,
  }));
  const others = all
    ? [
        operator("not", "not ", "all except"),
        operator("*", "*", "all assets"),
        operator("+", "+", "upstream assets"),
      ]
    : [];
  return [...attributes, ...calls, ...others, operator("(", "(", "a selection in parentheses")];
}

function operators(before: string, inParentheses: boolean): readonly SelectionCompletion[] {
  const space = /\s$/.test(before) ? "" : " ";
  return [
    operator("and", `${space}and `, "in both"),
    operator("or", `${space}or `, "in either"),
    ...(inParentheses ? [operator(")", ")", "")] : []),
    ...(expectedAfter(`${before}+`) === null ? [] : [operator("+", "+", "downstream assets")]),
    ...(expectedAfter(`${before}=`) === null ? [] : [operator("=", "=", "the tag's value")]),
  ];
}

function operator(label: string, text: string, detail: string): SelectionCompletion {
  return { type: "operator", label, text, detail };
}

function startingWith(
  typed: string,
  completions: readonly SelectionCompletion[],
): readonly SelectionCompletion[] {
  return completions.filter(({ label }) => label.startsWith(typed.toLowerCase()));
}

function keyCompletion(key: string): SelectionCompletion {
  return { type: "value", label: key, text: `key:${quotedPattern(key)}`, detail: "" };
}

function valueCompletion(attribute: string, value: string): readonly SelectionCompletion[] {
  const text = withWildcard.has(attribute) ? quotedPattern(value) : quotedValue(value);
  return text === null ? [] : [{ type: "value", label: value, text, detail: "" }];
}

function nullCompletion(attribute: string, typed: string): readonly SelectionCompletion[] {
  if (!withNull.has(attribute)) return [];
  return startingWith(typed, [{ type: "value", label: "<null>", text: "<null>", detail: "none" }]);
}

/** Each tag with each of its values: without a value it would match only tags with an empty one. */
function* tagTexts({ tags }: SelectionVocabulary): Iterable<string> {
  for (const [tag, values] of tags) for (const value of values) yield value === "" ? tag : `${tag}=${value}`;
}

function tagCompletion(label: string): SelectionCompletion {
  // Neither tags nor their values may contain such a character, or quotes.
  return {
    type: "value",
    label,
    text: label
      .split("=")
      .map((part) => `"${part}"`)
      .join("="),
    detail: "",
  };
}

/** Values that begin with the typed text, then values that contain it. */
function findValues(values: Iterable<string>, typed: string, limit: number): readonly string[] {
  const folded = typed.toLowerCase();
  const matches = wildcardMatcher(`*${folded}*`);
  const [first, others]: [string[], string[]] = [[], []];
  for (const value of values) {
    const lower = value.toLowerCase();
    if (lower.startsWith(folded)) first.push(value);
    else if (others.length < limit && matches(lower)) others.push(value);
    if (first.length === limit) break;
  }
  return [...first, ...others].slice(0, limit);
}
