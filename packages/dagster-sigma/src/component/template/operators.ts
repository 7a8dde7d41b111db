import { typeName } from "./members.ts";
import { pythonText } from "./python-text.ts";
import { TemplateProblem, type TemplateValue } from "./scope-object.ts";

type Operation = (a: number, b: number) => TemplateValue;

const ofNumbers: Readonly<Record<string, Operation>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a - b * Math.floor(a / b),
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

/** Applies an operator between two values, as Jinja does. @throws TemplateProblem if it does not apply to them */
export function operate(sign: string, first: TemplateValue, second: TemplateValue): TemplateValue {
  if (sign === "~") return pythonText(first) + pythonText(second);
  if (sign === "==") return areEqual(first, second);
  if (sign === "!=") return !areEqual(first, second);
  if (sign === "in") return isIn(first, second);
  if (sign === "not in") return !isIn(first, second);
  if (sign === "+" && typeof first === "string" && typeof second === "string") return first + second;
  if (sign === "+" && Array.isArray(first) && Array.isArray(second))
    return [...(first as readonly TemplateValue[]), ...(second as readonly TemplateValue[])];
  const operation = Object.hasOwn(ofNumbers, sign) ? ofNumbers[sign] : undefined;
  if (operation !== undefined && typeof first === "number" && typeof second === "number") {
    const result = operation(first, second);
    if (typeof result !== "number" || Number.isFinite(result)) return result;
    throw new TemplateProblem(`${first} ${sign} ${second} has no value.`);
  }
  throw new TemplateProblem(
    `"${sign}" does not apply to ${typeName(first)} and ${typeName(second)}.`,
    sign === "+" ? 'Text is joined by "~".' : undefined,
  );
}

function areEqual(first: TemplateValue, second: TemplateValue): boolean {
  if (typeof first !== "object" || typeof second !== "object" || first === null || second === null)
    return first === second;
  return pythonText(first) === pythonText(second);
}

function isIn(item: TemplateValue, container: TemplateValue): boolean {
  if (typeof container === "string") return typeof item === "string" && container.includes(item);
  if (Array.isArray(container)) return container.some((each) => areEqual(each as TemplateValue, item));
  if (typeof container === "object" && container !== null)
    return typeof item === "string" && Object.hasOwn(container, item);
  throw new TemplateProblem(`${typeName(container)} contains nothing.`);
}
