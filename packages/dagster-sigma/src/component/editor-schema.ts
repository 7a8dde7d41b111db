import { z } from "zod";
import { componentSchema, componentTypes } from "./component-schema.ts";

/** The JSON Schema of a component file for editors, as text. Components of Python are left to other schemas. */
export function editorSchemaText(): string {
  const { $schema: _, ...schema } = z.toJSONSchema(componentSchema, { io: "input" });
  const text = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A component of Sigma in a Dagster defs.yaml",
    description: `Types: ${componentTypes.join(", ")}, or .file.Class for a subclass in TypeScript.`,
    ...schema,
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}
