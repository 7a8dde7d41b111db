import { pathToFileURL } from "node:url";

/** Imports a TypeScript or JavaScript file of the user. */
export type ImportModule = (file: string) => Promise<Readonly<Record<string, unknown>>>;

let importer: ImportModule = (file) => import(pathToFileURL(file).href);

/** Sets how files of the user are imported (default: by Node itself). The command line imports TypeScript in every version of Node. */
export function setModuleImporter(importModule: ImportModule): void {
  importer = importModule;
}

/** Imports a file of the user. @throws what its code throws */
export function importUserModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  return importer(file);
}
