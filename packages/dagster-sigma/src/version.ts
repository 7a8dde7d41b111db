import { createRequire } from "node:module";

const packageJson = createRequire(import.meta.url)("../package.json") as { readonly version: string };

/** Version of this package. */
export const version: string = packageJson.version;
