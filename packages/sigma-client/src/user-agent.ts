import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../package.json") as { readonly version: string };

/** How the client names itself to Sigma. */
export const userAgent: string = `dagster-sigma-typescript/${version} node/${process.versions.node}`;
