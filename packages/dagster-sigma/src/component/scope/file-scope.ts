import type { Scope } from "../template/evaluate.ts";
import { ScopeObject } from "../template/scope-object.ts";
import { automationConditionScope, dagsterScope, datetimeScope, needsPython } from "./dagster-scope.ts";
import { environmentScope } from "./environment-scope.ts";

/** What the templates of a file may read. */
export interface FileSurroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Folder of the project, absolute. */
  readonly projectRoot: string;
}

/** The names that all templates of a file may use, as in Dagster. */
export function fileScope({ variables, projectRoot }: FileSurroundings): Scope {
  return {
    env: () => environmentScope(variables),
    dg: dagsterScope,
    datetime: datetimeScope,
    automation_condition: automationConditionScope,
    // The older name of `context.project_root`.
    project_root: () => projectRoot,
    context: () =>
      new ScopeObject("context", {
        project_root: () => projectRoot,
        load_component: () => needsPython("context.load_component"),
        build_defs: () => needsPython("context.build_defs"),
      }),
  };
}
