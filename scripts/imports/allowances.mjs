// Exceptions to the rules for pure code. Both lists may only shrink.

/** npm packages that pure code may use because they are pure too. */
export const pureDependencies = ["picomatch"];

/** Globals of the host that a file may use, with the reason. */
export const hostAccess = {
  // Reads an environment variable only when its value is requested.
  "packages/asset-graph/src/definitions/env-var.ts": ["process"],
};
