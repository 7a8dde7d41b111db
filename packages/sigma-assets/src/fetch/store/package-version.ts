import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../../../package.json") as { readonly version: string };

/** The version of this package, which all packages share. */
export const packageVersion: string = manifest.version;
