import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with lock files, Python programs and the difference tables, both for built code and for sources. */
export const conformanceFolder: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
