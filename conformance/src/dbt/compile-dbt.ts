import { join } from "node:path";
import { runProcess } from "../python/run-process.ts";

/**
 * Compiles a project with the real dbt, without a database.
 *
 * @param python interpreter of the environment `dagster-dbt`
 * @returns path of the manifest
 */
export async function compileDbt(python: string, project: string): Promise<string> {
  const options = ["--quiet", "--no-populate-cache", "--no-introspect", "--no-send-anonymous-usage-stats"];
  const folders = [
    "--project-dir",
    project,
    "--profiles-dir",
    project,
    "--log-path",
    join(project, "target"),
  ];
  const { code, err } = await runProcess(python, ["-m", "dbt.cli.main", "compile", ...options, ...folders], {
    cwd: project,
  });
  if (code !== 0) throw new Error(`dbt did not compile ${project}: ${err}`);
  return join(project, "target", "manifest.json");
}
