import { TemplateProblem, type TemplateValue } from "./scope-object.ts";

/** A method of Python's `str`, or a filter of Jinja. */
export interface TextMethod {
  readonly parameters: readonly string[];
  readonly call: (text: string, given: Readonly<Record<string, TemplateValue>>) => TemplateValue;
}

function textOf(given: Readonly<Record<string, TemplateValue>>, name: string, otherwise?: string): string {
  const value = given[name] ?? otherwise;
  if (typeof value === "string") return value;
  throw new TemplateProblem(`The argument "${name}" must be text.`);
}

const capitalize = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();

/** Removes the characters of `chars` (default: white space) from the ends of a text. */
function strip(text: string, chars: TemplateValue | undefined, ends: "start" | "end" | "both"): string {
  const isStripped = (char: string | undefined): boolean =>
    char !== undefined && (typeof chars === "string" ? chars.includes(char) : /\s/.test(char));
  let [from, to] = [0, text.length];
  if (ends !== "end") while (from < to && isStripped(text[from])) from++;
  if (ends !== "start") while (to > from && isStripped(text[to - 1])) to--;
  return text.slice(from, to);
}

function split(text: string, given: Readonly<Record<string, TemplateValue>>): readonly string[] {
  const { sep = null, maxsplit = -1 } = given;
  if (sep === "") throw new TemplateProblem("The separator of split is empty.");
  const parts =
    sep === null ? text.split(/\s+/).filter((part) => part !== "") : text.split(textOf(given, "sep"));
  if (typeof maxsplit !== "number" || maxsplit < 0 || parts.length <= maxsplit + 1) return parts;
  return [...parts.slice(0, maxsplit), parts.slice(maxsplit).join(sep === null ? " " : textOf(given, "sep"))];
}

/** The methods of `str` that templates may call. */
export const textMethods: Readonly<Record<string, TextMethod>> = {
  lower: { parameters: [], call: (text) => text.toLowerCase() },
  upper: { parameters: [], call: (text) => text.toUpperCase() },
  capitalize: { parameters: [], call: (text) => capitalize(text) },
  title: { parameters: [], call: (text) => text.replace(/\p{L}+/gu, capitalize) },
  strip: { parameters: ["chars"], call: (text, { chars }) => strip(text, chars, "both") },
  lstrip: { parameters: ["chars"], call: (text, { chars }) => strip(text, chars, "start") },
  rstrip: { parameters: ["chars"], call: (text, { chars }) => strip(text, chars, "end") },
  replace: {
    parameters: ["old", "new"],
    call: (text, given) => text.split(textOf(given, "old")).join(textOf(given, "new")),
  },
  split: { parameters: ["sep", "maxsplit"], call: split },
  startswith: { parameters: ["prefix"], call: (text, given) => text.startsWith(textOf(given, "prefix")) },
  endswith: { parameters: ["suffix"], call: (text, given) => text.endsWith(textOf(given, "suffix")) },
  removeprefix: {
    parameters: ["prefix"],
    call: (text, given) => {
      const prefix = textOf(given, "prefix");
      return text.startsWith(prefix) ? text.slice(prefix.length) : text;
    },
  },
  removesuffix: {
    parameters: ["suffix"],
    call: (text, given) => {
      const suffix = textOf(given, "suffix");
      return suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
    },
  },
};
