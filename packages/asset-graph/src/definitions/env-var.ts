import { AssetGraphError } from "../errors.ts";

/** A reference to an environment variable, which is read when it is used and never printed. */
export class EnvVarReference {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Reads the variable.
   *
   * @throws AssetGraphError `ENV_VAR_MISSING` if the variable is not set or empty
   */
  getValue(): string {
    const value = process.env[this.name];
    if (value === undefined || value === "") {
      throw new AssetGraphError(
        "ENV_VAR_MISSING",
        `The environment variable ${this.name} is not set.`,
        `Set ${this.name} in the environment, or in a .env file in the folder of the definitions file.`,
      );
    }
    return value;
  }

  toString(): string {
    return `EnvVar(${JSON.stringify(this.name)})`;
  }
}

export type EnvVar = EnvVarReference;

/**
 * A reference to an environment variable, as in Dagster: `EnvVar("SIGMA_CLIENT_SECRET")`. It is read when the value
 * is needed.
 */
export function EnvVar(name: string): EnvVarReference {
  return new EnvVarReference(name);
}

/** Returns the value itself, or that of the referenced variable. */
export function resolveEnvVar(value: string | EnvVarReference): string {
  return typeof value === "string" ? value : value.getValue();
}
