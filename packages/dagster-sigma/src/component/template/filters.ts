import { compareText } from "@dagster-sigma/foundation";
import { pythonText } from "./python-text.ts";
import { Missing, TemplateProblem, type TemplateValue } from "./scope-object.ts";
import { textMethods } from "./text-methods.ts";

/** A filter of Jinja, written after `|`. */
interface Filter {
  readonly parameters: readonly string[];
  readonly call: (value: TemplateValue, given: Readonly<Record<string, TemplateValue>>) => TemplateValue;
}

function itemsOf(value: TemplateValue): readonly TemplateValue[] {
  if (Array.isArray(value)) return value as readonly TemplateValue[];
  if (typeof value === "string") return [...value];
  throw new TemplateProblem("A list is needed before this filter.");
}

function ofText(name: string): Filter {
  const { parameters, call } = textMethods[name] as (typeof textMethods)[string];
  return { parameters, call: (value, given) => call(pythonText(value), given) };
}

const asDefault: Filter = {
  parameters: ["default_value", "boolean"],
  call: (value, { default_value = "", boolean = false }) =>
    value instanceof Missing || (boolean === true && !isTrue(value)) ? default_value : value,
};

const lengthOf: Filter = {
  parameters: [],
  call: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.keys(value).length
      : itemsOf(value).length,
};

/** The filters that templates may use, with the semantics of Jinja 3.1. */
export const filters: Readonly<Record<string, Filter>> = {
  default: asDefault,
  d: asDefault,
  lower: ofText("lower"),
  upper: ofText("upper"),
  capitalize: ofText("capitalize"),
  title: ofText("title"),
  trim: ofText("strip"),
  replace: ofText("replace"),
  string: { parameters: [], call: pythonText },
  length: lengthOf,
  count: lengthOf,
  first: { parameters: [], call: (value) => itemsOf(value)[0] ?? null },
  last: { parameters: [], call: (value) => itemsOf(value).at(-1) ?? null },
  list: { parameters: [], call: itemsOf },
  join: {
    parameters: ["d"],
    call: (value, { d = "" }) => itemsOf(value).map(pythonText).join(pythonText(d)),
  },
  sort: {
    parameters: [],
    call: (value) => [...itemsOf(value)].sort((a, b) => compareText(pythonText(a), pythonText(b))),
  },
  int: {
    parameters: ["default"],
    call: (value, given) => {
      const number = typeof value === "number" ? value : Number(pythonText(value));
      return Number.isFinite(number) ? Math.trunc(number) : (given["default"] ?? 0);
    },
  },
};

/** Python's truth. */
export function isTrue(value: TemplateValue): boolean {
  if (value instanceof Missing) throw value.problem;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.keys(value).length > 0;
  return Boolean(value);
}
