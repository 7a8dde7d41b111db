import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorText } from "@dagster-sigma/foundation";
import { CommandError } from "../errors.ts";
import { type InitAnswers, ignoredFiles, initFiles } from "./init-files.ts";

/** What happened to a file of the project. */
export interface WrittenFile {
  readonly file: string;
  readonly outcome: "written" | "changed" | "kept";
}

/**
 * Writes the files of a new project into a folder. Files that exist are kept as they are; `.gitignore` and `workspace.yaml` get what they
 * lack.
 *
 * @throws CommandError `FILE_NOT_WRITTEN`, `WORKSPACE_NOT_MERGED`
 */
export async function writeProject(
  folder: string,
  answers: InitAnswers,
  version: string,
): Promise<readonly WrittenFile[]> {
  const written = initFiles(answers, { dagsterSigma: `^${version}` }).map(
    ({ path, content }): WrittenFile => {
      if (existsSync(join(folder, path))) return { file: path, outcome: "kept" };
      write(folder, path, content);
      return { file: path, outcome: "written" };
    },
  );
  return [...written, ignore(folder), ...(answers.hasWorkspace ? [await addWorkspace(folder)] : [])];
}

function ignore(folder: string): WrittenFile {
  const file = ".gitignore";
  const path = join(folder, file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : null;
  const lines = new Set((before ?? "").split("\n").map((line) => line.trim()));
  const missing = ignoredFiles.filter((line) => !lines.has(line) && !lines.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return { file, outcome: "kept" };
  const text = before === null || before === "" || before.endsWith("\n") ? (before ?? "") : `${before}\n`;
  write(folder, file, `${text}${missing.join("\n")}\n`);
  return { file, outcome: before === null ? "written" : "changed" };
}

async function addWorkspace(folder: string): Promise<WrittenFile> {
  const file = "workspace.yaml";
  const isNew = !existsSync(join(folder, file));
  const { addToWorkspace } = await import("../workspace/add-to-workspace.ts");
  const entry = { host: "127.0.0.1", port: 4000, locationName: "sigma", hasTls: false };
  const { isChanged } = addToWorkspace(join(folder, file), entry);
  return { file, outcome: isNew ? "written" : isChanged ? "changed" : "kept" };
}

function write(folder: string, file: string, content: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), content);
  } catch (thrown) {
    throw new CommandError(
      "FILE_NOT_WRITTEN",
      `${join(folder, file)} cannot be written (${errorText(thrown)}).`,
      "Choose another folder: dagster-sigma init FOLDER",
      thrown,
    );
  }
}
