import { errorText } from "@dagster-sigma/foundation";
import type { ComponentError } from "../component-error.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";
import { checkNames } from "./check-names.ts";
import { evaluate, type Scope } from "./evaluate.ts";
import { type Expression, isTemplate, parseTemplate, StatementFound } from "./expression.ts";
import { membersHint, pythonText } from "./python-text.ts";
import { Missing, ScopeFunction, ScopeObject, TemplateProblem, type TemplateValue } from "./scope-object.ts";

import type { TemplateNames } from "./template-names.ts";

/** A value of a component file whose templates are parsed. */
export interface CompiledValue {
  readonly path: YamlPath;
  /** The result of its templates. Objects that stand for something, such as an automation condition, are replaced by it. */
  evaluate(scope: Scope): unknown;
  /** The expression, if the whole value is one. */
  readonly expression: Expression | null;
}

/**
 * Parses the templates of a value. A value that is one expression keeps its type; otherwise it is text, as Dagster writes it.
 *
 * @throws ComponentError `COMPONENT_TEMPLATE_INVALID`, `COMPONENT_NOT_SUPPORTED`
 */
export function compileValue(
  document: YamlDocument,
  path: YamlPath,
  value: unknown,
  names: TemplateNames,
): CompiledValue {
  const constant = (result: unknown): CompiledValue => ({ path, expression: null, evaluate: () => result });
  const compile = (step: string | number, item: unknown): CompiledValue =>
    compileValue(document, [...path, step], item, names);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, at) => compile(at, item));
    return { path, expression: null, evaluate: (scope) => items.map((item) => item.evaluate(scope)) };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => [name, compile(name, item)] as const);
    return {
      path,
      expression: null,
      evaluate: (scope) => Object.fromEntries(entries.map(([name, item]) => [name, item.evaluate(scope)])),
    };
  }
  if (typeof value !== "string") return constant(value);
  // Jinja removes one line break at the end of every text.
  if (!isTemplate(value)) return constant(value.replace(/\r?\n$/, ""));
  return compileTemplate(document, path, value, names);
}

function compileTemplate(
  document: YamlDocument,
  path: YamlPath,
  text: string,
  names: TemplateNames,
): CompiledValue {
  const guarded = <Result>(run: () => Result): Result => {
    try {
      return run();
    } catch (thrown) {
      throw templateError(document, path, text, thrown);
    }
  };
  const [parts, isConstant] = guarded(() => {
    const found = parseTemplate(text);
    const used = found.flatMap((part) => [...checkNames(part, names)]);
    return [found, used.every((name) => Object.hasOwn(names.file, name))] as const;
  });
  const [first] = parts;
  const single = parts.length === 1 && first !== undefined ? first : null;
  const evaluateIn = (scope: Scope): unknown =>
    guarded(() =>
      single === null
        ? parts.map((part) => pythonText(evaluate(part, scope))).join("")
        : resultOf(evaluate(single, scope)),
    );
  const result = isConstant ? evaluateIn(names.file) : undefined;
  return { path, expression: single, evaluate: isConstant ? () => result : evaluateIn };
}

/** What a value is outside of templates. */
function resultOf(value: TemplateValue): unknown {
  if (value instanceof Missing) throw value.problem;
  if (value instanceof ScopeFunction)
    throw new TemplateProblem(`${value.name} is a function.`, `Call it: ${value.name}(…).`);
  if (value instanceof ScopeObject) {
    if (value.value !== undefined) return value.value;
    throw new TemplateProblem(`${value.name} is no value by itself.`, membersHint(value));
  }
  if (Array.isArray(value)) return value.map((item) => resultOf(item as TemplateValue));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, resultOf(item as TemplateValue)]),
    );
  return value;
}

function templateError(
  document: YamlDocument,
  path: YamlPath,
  text: string,
  thrown: unknown,
): ComponentError {
  const problem = thrown instanceof TemplateProblem ? thrown : null;
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  if (thrown instanceof StatementFound || problem?.needsPython === true)
    return document.error(path, {
      code: "COMPONENT_NOT_SUPPORTED",
      message: `The template ${shown} uses ${problem === null ? errorText(thrown) : `something unknown. ${problem.message}`}`,
      hint: problem?.hint ?? translatorHint,
      cause: thrown,
    });
  return document.error(path, {
    code: "COMPONENT_TEMPLATE_INVALID",
    message: `The template ${shown} cannot be ${problem === null ? "read" : "evaluated"}: ${errorText(thrown)}`,
    hint: problem?.hint,
    cause: thrown,
  });
}

/** How to do in TypeScript what a template cannot do. */
export const translatorHint =
  "Write a definitions file instead, with a translator in TypeScript: (spec, data) => spec.replaceAttributes({ … }). See docs/guide/definitions.md.";
