import type { FileRow } from "@dagster-sigma/sigma-client";

/**
 * The path of a table in its warehouse, from the folder `Connection Root/DB/SCHEMA` of its file and the file name; null
 * if either is missing.
 */
export function filePath({ path, name }: FileRow): readonly string[] | null {
  // Without a path, the name could be that of another table.
  if (path == null || path === "" || name == null) return null;
  return [...path.split("/").slice(1), name];
}
