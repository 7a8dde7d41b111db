import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, Option } from "commander";
import { componentTemplate } from "../component/component-template.ts";
import { projectRootOf } from "../environment/project-root.ts";
import { CommandError } from "../errors.ts";
import { writeText } from "../export/write-text.ts";
import { formatJson } from "../json/json-output.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The schema for editors that the package carries. */
const packagedSchema = fileURLToPath(new URL("../../schema/defs.schema.json", import.meta.url));

const types = ["dagster_sigma.SigmaComponent", "dagster_typescript.SigmaComponent"] as const;

interface ScaffoldOptions extends GlobalOptions {
  readonly type: string;
}

/** `dagster-sigma scaffold component [FILE]`: writes a component file. */
export function scaffoldCommand(terminal: Terminal): Command {
  const component = new Command("component")
    .description("Write a component file (defs.yaml) with the organization in the environment.")
    .argument("[file]", "file to write", "defs/sigma/defs.yaml")
    .addOption(
      new Option("--type <type>", "type of the component; the second one is for Python code locations")
        .choices(types)
        .default(types[0]),
    )
    .action(async (file: string, _options: ScaffoldOptions, command: Command) => {
      const options = command.optsWithGlobals<ScaffoldOptions>();
      const path = resolve(file);
      if (existsSync(path))
        throw new CommandError("FILE_NOT_WRITTEN", `${file} exists already.`, "Name another file.");
      mkdirSync(dirname(path), { recursive: true });
      const schema = await schemaFor(path);
      writeText(path, componentTemplate({ type: options.type, schema: schema.reference }));
      const files = [file, ...schema.written];
      terminal.out(
        options.json === true ? formatJson({ files }) : files.map((each) => `Wrote ${each}\n`).join(""),
      );
    });
  return new Command("scaffold").description("Write a file to start with.").addCommand(component);
}

/** The packaged schema if the project has the package; otherwise a copy in the project. */
async function schemaFor(
  file: string,
): Promise<{ readonly reference: string; readonly written: readonly string[] }> {
  const root = projectRootOf(file);
  const isInProject = packagedSchema.startsWith(`${join(root, "node_modules")}${sep}`);
  const schema = isInProject ? packagedSchema : join(root, ".dagster-sigma", "defs.schema.json");
  if (!isInProject) {
    const { editorSchemaText } = await import("../component/editor-schema.ts");
    mkdirSync(dirname(schema), { recursive: true });
    writeText(schema, editorSchemaText());
  }
  return {
    reference: relative(dirname(file), schema).split(sep).join("/"),
    written: isInProject ? [] : [relative(process.cwd(), schema)],
  };
}
