import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearestNames } from "../../help/nearest-name.ts";
import { componentTypes } from "../component-schema.ts";
import { SigmaComponent } from "../sigma-component.ts";
import type { YamlDocument } from "../yaml/yaml-document.ts";
import type { SigmaComponentClass } from "./read-component.ts";
import { importUserModule } from "./user-modules.ts";

const extensions = [".ts", ".mts", ".js", ".mjs"] as const;

/**
 * The class of a component type: one of this library, one that the caller names, or for `.file.Class` a class that a file beside the component
 * file exports.
 *
 * @returns null for a type of Python
 * @throws ComponentError `COMPONENT_FILE_INVALID` for a type that is misspelled, or a class that does not exist
 */
export async function findComponentClass(
  document: YamlDocument,
  type: string,
  known: Readonly<Record<string, SigmaComponentClass>>,
): Promise<SigmaComponentClass | null> {
  if (Object.hasOwn(known, type)) return known[type] ?? null;
  if ((componentTypes as readonly string[]).includes(type)) return SigmaComponent;
  const refuse = (message: string, hint: string): never => {
    throw document.error(["type"], { code: "COMPONENT_FILE_INVALID", message, hint });
  };
  const local = /^\.([\w-]+)\.([\w$]+)$/.exec(type);
  if (local !== null) {
    const [, name = "", className = ""] = local;
    const folder = dirname(document.source.file);
    const file = extensions.map((extension) => join(folder, name + extension)).find(existsSync);
    if (file === undefined)
      return refuse(
        `${type}: there is no file ${name}.ts beside this one.`,
        `Write it, and export a class: export class ${className} extends SigmaComponent { … }`,
      );
    const found = (await importUserModule(file))[className];
    return isComponentClass(found)
      ? found
      : refuse(
          `${type}: the file ${name} exports no subclass of SigmaComponent with this name.`,
          `export class ${className} extends SigmaComponent { … }`,
        );
  }
  const near = nearestNames(type, [...componentTypes, ...Object.keys(known)]);
  // A type of another package may share a few letters.
  if (near.length > 0 && /sigma/i.test(type))
    return refuse(`There is no component type "${type}".`, `Did you mean: ${near.join(", ")}?`);
  return null;
}

function isComponentClass(value: unknown): value is SigmaComponentClass {
  return (
    typeof value === "function" && (value === SigmaComponent || value.prototype instanceof SigmaComponent)
  );
}
