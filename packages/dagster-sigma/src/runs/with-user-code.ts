import { resolve } from "node:path";
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { UserCode } from "@dagster-sigma/definitions-host";
import { withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { loadDefinitionsFile } from "../definitions/definitions-file.ts";
import { sourcePlace } from "../definitions/source-place.ts";
import { commandVariables, definitionsFolder } from "../environment/command-environment.ts";

/** Definitions, and where their code is. */
export interface LoadedUserCode {
  readonly definitions: Definitions;
  readonly userCode: UserCode;
}

/** Calls a function that runs code of a definitions file. What it loads is not refreshed. */
export function withUserCode<Result>(
  file: string,
  run: (load: () => Promise<LoadedUserCode>) => Promise<Result>,
): Promise<Result> {
  const userCode: UserCode = { folder: resolve(definitionsFolder(file)), sourcePlace };
  return withLoadEnvironment({ ...commandVariables(file), refresh: "no" }, () =>
    run(async () => ({ definitions: await loadDefinitionsFile(file), userCode })),
  );
}
