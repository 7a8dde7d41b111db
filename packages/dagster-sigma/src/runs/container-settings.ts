import type { RunOrigin } from "@dagster-sigma/code-location";
import { CommandError } from "../errors.ts";

/** Variables of the settings of containers, as Dagster's own server and its Helm chart have them. */
const contextVariables = ["DAGSTER_CONTAINER_CONTEXT", "DAGSTER_CLI_API_GRPC_CONTAINER_CONTEXT"];
const imageVariables = [
  "DAGSTER_CONTAINER_IMAGE",
  "DAGSTER_CLI_API_GRPC_CONTAINER_IMAGE",
  "DAGSTER_CURRENT_IMAGE",
];

/**
 * What launchers that start a container for each run get from this location.
 *
 * @throws CommandError `WRONG_USE` for settings that are not a JSON object
 */
export function containerSettings(
  env: Readonly<Record<string, string | undefined>>,
): Pick<RunOrigin, "containerImage" | "containerContext"> {
  const image = imageVariables.map((name) => env[name]).find(Boolean);
  const variable = contextVariables.find((name) => env[name]);
  return {
    containerImage: image ?? null,
    containerContext: variable === undefined ? null : parseObject(variable, env[variable] ?? ""),
  };
}

function parseObject(variable: string, text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Reported below, without the text, which may contain a secret.
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new CommandError(
    "WRONG_USE",
    `The variable ${variable} is not a JSON object.`,
    "See the documentation of Dagster's launcher.",
  );
}
