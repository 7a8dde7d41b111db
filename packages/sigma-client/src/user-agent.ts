import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../package.json") as { readonly version: string };

/** The `User-Agent` header of all requests. */
export const userAgent: string = `dagster-sigma-typescript/${version} node/${process.versions.node}`;
