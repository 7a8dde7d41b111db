import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SqlDialect } from "@dagster-sigma/sql-lineage";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { cacheFolder, hashOfFiles } from "../python/test-cache.ts";

/** A statement from sqlglot's own tests, with the tables that sqlglot finds in it. */
export interface JudgedStatement {
  readonly id: string;
  readonly sql: string;
  readonly dialect: SqlDialect;
  readonly tables: readonly (readonly string[])[];
  /** Whether it belongs to the half that is only used for the final figure. */
  readonly setAside: boolean;
  /** Parsing time of sqlglot, in ms. */
  readonly ms: number;
}

/**
 * The statements from sqlglot's source distribution, which is downloaded once; its wheels contain no tests.
 *
 * @param python interpreter of the environment `dagster-sigma`
 */
export function sqlglotStatements(python: string): readonly JudgedStatement[] {
  const lockFile = join(conformanceFolder, "environments", "sqlglot-source.txt");
  const program = join(conformanceFolder, "python", "sqlglot_statements.py");
  const folder = join(cacheFolder(), `sqlglot-${hashOfFiles(lockFile, program)}`);
  const file = join(folder, "statements.ndjson");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const download = ["download", "-q", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:"];
    run(python, "-m", "pip", ...download, "--require-hashes", "-r", lockFile, "-d", folder);
    const archive = readdirSync(folder).find((name) => name.endsWith(".tar.gz")) ?? "";
    run(python, "-m", "tarfile", "-e", join(folder, archive), folder);
    const tests = join(folder, archive.replace(/\.tar\.gz$/, ""), "tests");
    // Written to another file first, so that an interrupted run leaves no partial file.
    writeFileSync(`${file}.part`, run(python, program, tests));
    renameSync(`${file}.part`, file);
  }
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as JudgedStatement);
}

/** The program's stdout. */
function run(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
  return stdout;
}
