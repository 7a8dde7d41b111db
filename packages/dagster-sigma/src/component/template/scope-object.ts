/** A value of a template: JSON, or one of the objects below. A template can reach nothing else. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue }
  | ScopeObject
  | ScopeFunction
  | Missing;

/** The members of an object, computed when they are read. */
export type Members = Readonly<Record<string, () => TemplateValue>>;

/** An object of a template with a closed set of members. */
export class ScopeObject {
  /** For messages, for example `data`. */
  readonly name: string;
  readonly members: Members;
  /** What the object stands for outside of templates, for example an `AssetKey`; undefined if it cannot be a result. */
  readonly value: unknown;
  /** The object as part of a text; null if it has no text. */
  readonly text: string | null;
  /** Reads a member that is not in the list, such as an environment variable; null if there are none. */
  readonly otherMember: ((name: string) => TemplateValue) | null;

  constructor(
    name: string,
    members: Members,
    more: {
      readonly value?: unknown;
      readonly text?: string;
      readonly otherMember?: (name: string) => TemplateValue;
    } = {},
  ) {
    this.name = name;
    this.members = members;
    this.value = more.value;
    this.text = more.text ?? null;
    this.otherMember = more.otherMember ?? null;
  }
}

/** The arguments of a call. */
export interface CallArguments {
  readonly positional: readonly TemplateValue[];
  readonly named: Readonly<Record<string, TemplateValue>>;
}

/** A function of a template. */
export class ScopeFunction {
  /** For messages, for example `AutomationCondition.eager`. */
  readonly name: string;
  /** Names of its parameters, in order. */
  readonly parameters: readonly string[];
  readonly #call: (given: Readonly<Record<string, TemplateValue>>) => TemplateValue;
  /** Members, for a name that is both, such as `env`. */
  readonly object: ScopeObject | null;

  constructor(
    name: string,
    parameters: readonly string[],
    call: (given: Readonly<Record<string, TemplateValue>>) => TemplateValue,
    object: ScopeObject | null = null,
  ) {
    this.name = name;
    this.parameters = parameters;
    this.#call = call;
    this.object = object;
  }

  /** @throws TemplateProblem for arguments that it does not have; what the function throws */
  call({ positional, named }: CallArguments): TemplateValue {
    const takes = `${this.name}(${this.parameters.join(", ")})`;
    if (positional.length > this.parameters.length)
      throw new TemplateProblem(`${takes} got ${positional.length} arguments.`);
    const given: Record<string, TemplateValue> = Object.create(null);
    for (const [at, value] of positional.entries()) given[this.parameters[at] as string] = value;
    for (const [name, value] of Object.entries(named)) {
      if (!this.parameters.includes(name)) throw new TemplateProblem(`${takes} has no parameter "${name}".`);
      if (name in given) throw new TemplateProblem(`${takes} got "${name}" twice.`);
      given[name] = value;
    }
    for (const value of Object.values(given)) if (value instanceof Missing) throw value.problem;
    return this.#call(given);
  }
}

/** A value that does not exist. Using it is an error, unless `default` or `is defined` are used. */
export class Missing {
  readonly problem: TemplateProblem;

  constructor(problem: TemplateProblem) {
    this.problem = problem;
  }
}

/** A template cannot be evaluated. */
export class TemplateProblem extends Error {
  readonly hint: string | undefined;
  /** Whether it uses something that only Python has. */
  readonly needsPython: boolean;

  constructor(message: string, hint?: string, needsPython = false) {
    super(message);
    this.hint = hint;
    this.needsPython = needsPython;
  }
}
