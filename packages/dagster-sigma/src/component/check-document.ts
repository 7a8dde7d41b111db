import type { z } from "zod";
import { nearestNames } from "../help/nearest-name.ts";
import type { ComponentError } from "./component-error.ts";
import type { YamlDocument, YamlPath } from "./yaml/yaml-document.ts";

/**
 * Checks a document with a schema.
 *
 * @throws ComponentError `COMPONENT_FILE_INVALID` at the first field that is wrong, with the nearest valid name
 */
export function checkDocument<Schema extends z.ZodType>(
  document: YamlDocument,
  schema: Schema,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(document.value);
  if (success) return data;
  const issues = error.issues.map((issue) => deepest(issue));
  // In the order of the file, so that the first error is the topmost one.
  const problems = issues.map((issue) => problemOf(document, schema, issue));
  const [first] = problems.sort((a, b) => a.rank - b.rank || a.line - b.line || a.column - b.column);
  throw (
    first?.error() ??
    document.error([], { code: "COMPONENT_FILE_INVALID", message: "The file is not valid." })
  );
}

type Issue = z.core.$ZodIssue;

/** A value that fits no form of a union is wrong within the form that comes nearest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .find((each) => each.path.length > 0 || each.code === "unrecognized_keys");
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}

interface Problem {
  /** A misspelled field comes before the field that is missing because of it. */
  readonly rank: number;
  readonly line: number;
  readonly column: number;
  readonly error: () => ComponentError;
}

function problemOf(document: YamlDocument, schema: z.ZodType, issue: Issue): Problem {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") {
    const name = issue.keys[0] ?? "";
    const place = document.placeOfName(path, name);
    const known = namesAt(schema, path);
    const near = nearestNames(name, known);
    return problem(document, place, `${whereOf(path)} has no field "${name}".`, {
      hint: near.length > 0 ? `Did you mean: ${near.join(", ")}?` : `Its fields: ${known.join(", ")}.`,
    });
  }
  const name = path.at(-1);
  const isMissing = path.length > 0 && valueAt(document.value, path) === undefined;
  const place = isMissing ? document.placeOf(path.slice(0, -1)) : document.placeOf(path);
  const message = isMissing
    ? `${whereOf(path.slice(0, -1))} lacks the field "${String(name)}".`
    : `${whereOf(path)} ${issue.message}${gotOf(document.value, path)}.`;
  return problem(document, place, message, { rank: isMissing ? 1 : 0 });
}

function problem(
  document: YamlDocument,
  place: { readonly line: number; readonly column: number },
  message: string,
  { rank = 0, hint }: { readonly rank?: number; readonly hint?: string } = {},
): Problem {
  return {
    ...place,
    rank,
    error: () => document.source.errorAt(place, { code: "COMPONENT_FILE_INVALID", message, hint }),
  };
}

/** For example `attributes.sigma_filter.workbooks[0]`. */
function whereOf(path: YamlPath): string {
  if (path.length === 0) return "The document";
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}

/** The type of what was given, never the value: it may be a secret. */
function gotOf(value: unknown, path: YamlPath): string {
  const got = valueAt(value, path);
  if (got === null) return ", not empty";
  if (Array.isArray(got)) return ", not a list";
  const names: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    object: "a mapping",
  };
  return names[typeof got] === undefined ? "" : `, not ${names[typeof got]}`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null
        ? (found as Readonly<Record<string, unknown>>)[step]
        : undefined,
    value,
  );
}

/** The names of the fields that a schema has at a path. */
function namesAt(schema: z.ZodType, path: YamlPath): readonly string[] {
  const [step, ...rest] = path;
  return formsOf(schema).flatMap((form) => {
    const { shape, element } = form as unknown as {
      readonly shape?: Readonly<Record<string, z.ZodType>>;
      readonly element?: z.ZodType;
    };
    if (step === undefined) return Object.keys(shape ?? {});
    const next = typeof step === "number" ? element : shape?.[step];
    return next === undefined ? [] : namesAt(next, rest);
  });
}

/** The schemas inside of optional ones and of unions. */
function formsOf(schema: z.ZodType): readonly z.ZodType[] {
  const { def } = schema as unknown as {
    readonly def: {
      readonly type: string;
      readonly innerType?: z.ZodType;
      readonly options?: readonly z.ZodType[];
    };
  };
  if (def.innerType !== undefined) return formsOf(def.innerType);
  return def.type === "union" ? (def.options ?? []).flatMap(formsOf) : [schema];
}
