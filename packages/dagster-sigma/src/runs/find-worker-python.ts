import { spawnSync } from "node:child_process";
import { CommandError } from "../errors.ts";

/** Looks for the packages without importing them, which would take a second. */
const program =
  "import importlib.util as u, sys; sys.exit(any(u.find_spec(m) is None for m in ('dagster', 'dagster_typescript')))";

function candidates(given: string | undefined): readonly string[] {
  return given === undefined ? ["python3", "python"] : [given];
}

/**
 * The interpreter in which `dagster_typescript` is installed; null without one.
 *
 * @param given path or name; by default `python3`, else `python`
 */
export function findWorkerPython(given?: string): string | null {
  const options = { stdio: "ignore", timeout: 30_000 } as const;
  const isInstalled = (python: string): boolean => spawnSync(python, ["-c", program], options).status === 0;
  return candidates(given).find(isInstalled) ?? null;
}

export function workerNotInstalled(given?: string): CommandError {
  return new CommandError(
    "WORKER_NOT_INSTALLED",
    `dagster_typescript is not installed for ${candidates(given).join(" or ")}.`,
    "Install it beside dagster: pip install node_modules/dagster-sigma/python/*.whl; or name the interpreter with --python.",
  );
}
