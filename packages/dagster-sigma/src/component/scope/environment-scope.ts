import {
  Missing,
  ScopeFunction,
  ScopeObject,
  TemplateProblem,
  type TemplateValue,
} from "../template/scope-object.ts";

/** `env`: `env.NAME`, or `env('NAME', 'default')`. A variable that is not set is an error. */
export function environmentScope(variables: Readonly<Record<string, string | undefined>>): TemplateValue {
  const read = (name: string): TemplateValue =>
    (Object.hasOwn(variables, name) ? variables[name] : undefined) ?? notSet(name);
  const object = new ScopeObject("env", {}, { otherMember: read });
  return new ScopeFunction(
    "env",
    ["key", "default"],
    ({ key, default: otherwise }) => {
      if (typeof key !== "string") throw new TemplateProblem("The name of a variable is text: env('NAME').");
      const value = read(key);
      return value instanceof Missing && otherwise !== undefined ? otherwise : value;
    },
    object,
  );
}

function notSet(name: string): Missing {
  return new Missing(
    new TemplateProblem(
      `The environment variable ${name} is not set.`,
      `Set it, also in .env beside the file or in the folder of the project, or give a default: {{ env('${name}', 'default') }}.`,
    ),
  );
}
