import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemKindInfo } from "@arethetypeswrong/core/problems";

/** All packages are ESM only: `require()` and the resolution of Node 10, which knows no `exports`, are not supported. */
const unsupported = new Set(["node10", "node16-cjs"]);

/**
 * Where TypeScript finds other types for a package than the code that runs, or none.
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
