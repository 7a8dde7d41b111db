import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { conformanceFolder } from "../python/conformance-folder.ts";

/** A resource of the dbt project, with its table and the key that dagster-dbt gives it. */
export interface JudgedDbtNode {
  readonly uniqueId: string;
  /** As written in the manifest; null if it is not a table. */
  readonly relationName: string | null;
  readonly key: readonly string[];
}

/**
 * Parses `dbt-project/` with the real dbt, and gets the keys of the real dagster-dbt.
 *
 * @param python interpreter of the environment `dagster-dbt`
 * @param targetFolder where dbt writes the manifest
 */
export function judgeDbtProject(
  python: string,
  targetFolder: string,
): { readonly manifestFile: string; readonly nodes: readonly JudgedDbtNode[] } {
  const program = join(conformanceFolder, "python", "dbt_asset_keys.py");
  const project = join(conformanceFolder, "dbt-project");
  const { status, stdout, stderr } = spawnSync(python, [program, project, targetFolder], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`dagster-dbt gave no keys: ${stderr}`);
  const { manifest: manifestFile, keys } = JSON.parse(stdout) as {
    readonly manifest: string;
    readonly keys: Readonly<Record<string, readonly string[]>>;
  };
  const { nodes, sources } = JSON.parse(readFileSync(manifestFile, "utf8")) as Readonly<
    Record<"nodes" | "sources", Readonly<Record<string, { readonly relation_name: string | null }>>>
  >;
  const relations = { ...nodes, ...sources };
  return {
    manifestFile,
    nodes: Object.entries(keys).map(([uniqueId, key]) => ({
      uniqueId,
      relationName: relations[uniqueId]?.relation_name ?? null,
      key,
    })),
  };
}
