import { existsSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { CommandError } from "../errors.ts";
import { formatLineDiff } from "../terminal/line-diff.ts";
import { mergeWorkspace, type WorkspaceEntry } from "./merge-workspace.ts";

/** The result of adding a location to a workspace file. */
export interface AddedToWorkspace {
  readonly isChanged: boolean;
  /** The changed lines, as text for the terminal. */
  readonly difference: string;
}

/**
 * Adds a code location to a `workspace.yaml`, which is created if it does not exist.
 *
 * @throws CommandError `WORKSPACE_NOT_MERGED`, `FILE_NOT_WRITTEN`
 */
export function addToWorkspace(file: string, entry: WorkspaceEntry): AddedToWorkspace {
  if (/\.toml$/i.test(file))
    throw new CommandError(
      "WORKSPACE_NOT_MERGED",
      `${file} is the file of a dg project or workspace, which consists of local Python projects only.`,
      "Pass a workspace.yaml, and run `dagster dev -w workspace.yaml`.",
    );
  const before = existsSync(file) ? read(file) : "";
  const after = mergeWorkspace(before, entry, basename(file));
  if (after === before) return { isChanged: false, difference: "" };
  write(file, after);
  return { isChanged: true, difference: formatLineDiff(before, after) };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandError("WORKSPACE_NOT_MERGED", `${file} cannot be read.`, "Pass a readable file.", cause);
  }
}

/** Replaces the file atomically; a symbolic link stays one. */
function write(file: string, text: string): void {
  try {
    const target = existsSync(file) ? realpathSync(file) : file;
    const temporary = `${target}.${process.pid}.tmp`;
    writeFileSync(temporary, text, existsSync(target) ? { mode: statSync(target).mode } : {});
    renameSync(temporary, target);
  } catch (cause) {
    throw new CommandError(
      "FILE_NOT_WRITTEN",
      `${file} cannot be written.`,
      "Check the folder and its permissions.",
      cause,
    );
  }
}
