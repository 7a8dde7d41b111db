// What single pieces of pure code may do although the rules forbid it. Both lists may only shrink.

/** Packages from npm that pure code may use: they are pure too. */
export const pureDependencies = ["picomatch"];

/** Globals of the host that a file may use, with the reason. */
export const hostAccess = {
  // Reads the environment, and only when it is asked for a value.
  "packages/asset-graph/src/definitions/env-var.ts": ["process"],
};
