import { readFile } from "node:fs/promises";
import { ConfigurationError, errorText } from "@dagster-sigma/foundation";
import type { z } from "zod";

/**
 * Reads a manifest or a catalog of dbt.
 *
 * @throws ConfigurationError `DBT_MANIFEST_UNREADABLE`
 */
export async function readDbtFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (thrown) {
    throw new ConfigurationError({
      code: "DBT_MANIFEST_UNREADABLE",
      message: `The dbt manifest ${file} cannot be read (${errorText(thrown)}).`,
      hint: "It is target/manifest.json of the dbt project; `dbt parse` writes it.",
      cause: thrown,
    });
  }
}
