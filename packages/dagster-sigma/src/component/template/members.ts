import { nearestNames } from "../../help/nearest-name.ts";
import { membersHint } from "./python-text.ts";
import { Missing, ScopeFunction, ScopeObject, TemplateProblem, type TemplateValue } from "./scope-object.ts";
import { textMethods } from "./text-methods.ts";

/** The member of a value by name, `value.name`. Prototypes of JavaScript are out of reach. */
export function memberOf(value: TemplateValue, name: string, what: string): TemplateValue {
  if (value instanceof Missing) throw value.problem;
  if (value instanceof ScopeFunction) return objectMember(value.object, name, what);
  if (value instanceof ScopeObject) return objectMember(value, name, what);
  if (typeof value === "string") {
    const method = Object.hasOwn(textMethods, name) ? textMethods[name] : undefined;
    if (method !== undefined)
      return new ScopeFunction(`${what}.${name}`, method.parameters, (given) => method.call(value, given));
    return missing(name, `the text ${what}`, Object.keys(textMethods));
  }
  if (Array.isArray(value)) return missing(name, `the list ${what}`, []);
  if (typeof value !== "object" || value === null)
    return missing(name, `${what}, which is ${typeName(value)},`, []);
  const record = value as Readonly<Record<string, TemplateValue>>;
  if (Object.hasOwn(record, name)) return record[name] ?? null;
  return recordMethod(record, name) ?? missing(name, what, Object.keys(record));
}

/** The item of a list, text or mapping, `value[index]`. */
export function itemOf(value: TemplateValue, index: TemplateValue, what: string): TemplateValue {
  if (value instanceof Missing) throw value.problem;
  if (typeof index === "number" && (typeof value === "string" || Array.isArray(value))) {
    const found = (value as readonly TemplateValue[]).at(index);
    return (
      found ?? new Missing(new TemplateProblem(`${what} has no item ${index}: it has ${value.length} items.`))
    );
  }
  if (typeof index !== "string")
    throw new TemplateProblem(
      `${what} has no item of this kind.`,
      "An item is a number, or a name in quotes.",
    );
  if (value instanceof ScopeFunction)
    throw new TemplateProblem(
      `${what} has no items.`,
      `Write ${value.name}.${index}, or ${value.name}('${index}').`,
    );
  if (value instanceof ScopeObject) return objectMember(value, index, what);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const record = value as Readonly<Record<string, TemplateValue>>;
    return Object.hasOwn(record, index) ? (record[index] ?? null) : missing(index, what, Object.keys(record));
  }
  throw new TemplateProblem(`${what} is ${typeName(value)}, and has no items with names.`);
}

function objectMember(object: ScopeObject | null, name: string, what: string): TemplateValue {
  if (object === null) return missing(name, `the function ${what}`, []);
  const member = Object.hasOwn(object.members, name) ? object.members[name] : undefined;
  if (member !== undefined) return member();
  if (object.otherMember !== null && !name.startsWith("_")) return object.otherMember(name);
  const near = nearestNames(name, Object.keys(object.members));
  return new Missing(
    new TemplateProblem(
      `${object.name} has no "${name}".`,
      near.length > 0 ? `Did you mean: ${near.join(", ")}?` : membersHint(object),
    ),
  );
}

/** Methods of Python's `dict`. */
function recordMethod(record: Readonly<Record<string, TemplateValue>>, name: string): ScopeFunction | null {
  switch (name) {
    case "get":
      return new ScopeFunction("get", ["key", "default"], ({ key, default: otherwise = null }) =>
        typeof key === "string" && Object.hasOwn(record, key) ? (record[key] ?? null) : otherwise,
      );
    case "keys":
      return new ScopeFunction("keys", [], () => Object.keys(record));
    case "values":
      return new ScopeFunction("values", [], () => Object.values(record));
    default:
      return null;
  }
}

function missing(name: string, what: string, known: readonly string[]): Missing {
  const near = nearestNames(name, known);
  const hint = near.length > 0 ? `Did you mean: ${near.join(", ")}?` : undefined;
  return new Missing(new TemplateProblem(`${what} has no "${name}".`, hint));
}

/** What a value is, in Python's words. */
export function typeName(value: TemplateValue): string {
  if (value === null) return "None";
  if (Array.isArray(value)) return "a list";
  if (value instanceof ScopeObject || value instanceof ScopeFunction) return value.name;
  return (
    { string: "text", number: "a number", boolean: "true or false" }[typeof value as string] ?? "a mapping"
  );
}
