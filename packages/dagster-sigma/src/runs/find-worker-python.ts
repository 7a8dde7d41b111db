import { spawnSync } from "node:child_process";
import { CommandError } from "../errors.ts";

/**
 * The interpreter in which `dagster_typescript` is installed.
 *
 * @param given path or name; by default `python3`, else `python`
 * @throws CommandError `WORKER_NOT_INSTALLED`
 */
export function findWorkerPython(given?: string): string {
  const candidates = given === undefined ? ["python3", "python"] : [given];
  const found = candidates.find(
    (python) =>
      spawnSync(python, ["-c", "import dagster_typescript.worker"], { stdio: "ignore" }).status === 0,
  );
  if (found !== undefined) return found;
  throw new CommandError(
    "WORKER_NOT_INSTALLED",
    `dagster_typescript cannot be imported with ${candidates.join(" or ")}.`,
    "Install it beside dagster: pip install node_modules/dagster-sigma/python/*.whl; or name the interpreter with --python.",
  );
}
