import { Missing, ScopeFunction, ScopeObject, TemplateProblem, type TemplateValue } from "./scope-object.ts";

/** A value as part of a text, as Python's `str` writes it. */
export function pythonText(value: TemplateValue): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

function pythonRepr(value: TemplateValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if (value instanceof Missing) throw value.problem;
  if (value instanceof ScopeFunction)
    throw new TemplateProblem(`${value.name} is a function.`, `Call it: ${value.name}().`);
  if (value instanceof ScopeObject) {
    if (value.text !== null) return value.text;
    throw new TemplateProblem(`${value.name} has no text.`, membersHint(value));
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const entries = Object.entries(value as Readonly<Record<string, TemplateValue>>);
  return `{${entries.map(([name, item]) => `${quoted(name)}: ${pythonRepr(item)}`).join(", ")}}`;
}

/** What can be written after the name of an object. */
export function membersHint({ members }: ScopeObject): string {
  return `It has: ${Object.keys(members).sort().join(", ")}.`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `${quote}${escaped}${quote}`;
}
