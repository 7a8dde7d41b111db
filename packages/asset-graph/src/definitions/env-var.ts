import { AssetGraphError } from "../errors.ts";

/** Stands for the value of an environment variable, which is read when used and never printed. */
export class EnvVarReference {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** @throws AssetGraphError `ENV_VAR_MISSING` when the variable is not set or empty. */
  getValue(): string {
    const value = process.env[this.name];
    if (value === undefined || value === "") {
      throw new AssetGraphError(
        "ENV_VAR_MISSING",
        `The environment variable ${this.name} is not set.`,
        `Set ${this.name} in the environment, or in a .env file beside the definitions file.`,
      );
    }
    return value;
  }

  toString(): string {
    return `EnvVar(${JSON.stringify(this.name)})`;
  }
}

export type EnvVar = EnvVarReference;

/** `EnvVar("SIGMA_CLIENT_SECRET")`, as in Dagster: the variable is read when the value is needed. */
export function EnvVar(name: string): EnvVarReference {
  return new EnvVarReference(name);
}

/** The value itself, or that of the variable it stands for. */
export function resolveEnvVar(value: string | EnvVarReference): string {
  return typeof value === "string" ? value : value.getValue();
}
