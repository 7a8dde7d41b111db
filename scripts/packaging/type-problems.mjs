import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemKindInfo } from "@arethetypeswrong/core/problems";

/** All packages are ESM only: `require()` and Node 10 resolution, which ignores `exports`, are not supported. */
const unsupported = new Set(["node10", "node16-cjs"]);

/**
 * Entry points where TypeScript finds no types, or types that do not match the code.
 *
 * @param {Uint8Array} tarball
 * @returns {Promise<string[]>}
 */
export async function typeProblems(tarball) {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (!result.types) return ["it has no types."];
  return result.problems
    .filter(({ resolutionKind }) => !unsupported.has(resolutionKind))
    .map(({ kind, entrypoint, resolutionKind }) => {
      const place = [entrypoint, resolutionKind].filter((word) => word !== undefined).join(", ");
      return `${problemKindInfo[kind].title}${place === "" ? "" : ` (${place})`}.`;
    });
}
