import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Where lock files, Python programs and the table of differences lie, whether this runs built or from source. */
export const conformanceFolder: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
