import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSource } from "./parse-source.mjs";

/**
 * The parsed sources of the packages, and answers about them.
 *
 * @param {string} root
 * @param {string[]} paths all source files, from the root
 * @param {Map<string, any>} packages
 */
export function readSourceTree(root, paths, packages) {
  const files = new Map();
  for (const path of paths.filter((name) => /^(packages\/[\w-]+|conformance)\/src\//.test(name))) {
    files.set(path, parseSource(path, readFileSync(join(root, path), "utf8")));
  }
  const byName = new Map([...packages.values()].map((entry) => [entry.name, entry]));

  /** The package that a file belongs to; undefined for `conformance`. */
  const ownerOf = (path) => packages.get(/^packages\/([\w-]+)\//.exec(path)?.[1]);

  /** The most specific path in ARCHITECTURE.md that contains the file decides whether it is pure. */
  const isPure = (path) => {
    const owner = ownerOf(path);
    const inside = path.slice(`packages/${owner?.folder}/src/`.length);
    const [longest] = (owner?.pureRows ?? [])
      .filter((row) => row.path === "" || inside === row.path || inside.startsWith(`${row.path}/`))
      .sort((a, b) => b.path.length - a.path.length);
    return longest?.isPure ?? false;
  };

  /** The file of a relative specifier or of an entry of one of our packages; null for everything else. */
  const targetOf = (path, specifier) => {
    if (specifier.startsWith(".")) return normalize(join(dirname(path), specifier)).replaceAll("\\", "/");
    const target = byName.get(packageNameOf(specifier));
    const source = target?.entries.get(specifier);
    return source === undefined ? null : `packages/${target.folder}/${source}`;
  };

  /** The file that declares an export, after following re-exports. */
  const originOf = (path, name, seen = new Set()) => {
    const file = files.get(path);
    if (file === undefined || name === "*" || seen.has(`${path} ${name}`)) return path;
    seen.add(`${path} ${name}`);
    const own = file.exports.find(
      ({ exportName }) => (exportName.name ?? "default") === name && exportName.kind !== "None",
    );
    if (own === undefined) {
      const stars = file.exports.filter(({ importName }) => importName.kind === "AllButDefault");
      const origins = stars.map(({ moduleRequest }) => follow(path, moduleRequest.value, name, seen));
      return origins.find((origin) => exportsName(files.get(origin), name)) ?? path;
    }
    if (own.moduleRequest !== null)
      return follow(path, own.moduleRequest.value, own.importName.name ?? "*", seen);
    for (const { specifier, names } of file.imports) {
      const imported = names.find(({ local }) => local !== null && local === own.localName.name);
      if (imported !== undefined) return follow(path, specifier, imported.name, seen);
    }
    return path;
  };
  const follow = (path, specifier, name, seen) => {
    const target = targetOf(path, specifier);
    return target === null ? path : originOf(target, name, seen);
  };

  return {
    files,
    byName,
    ownerOf,
    isPure,
    targetOf,
    originOf,
    exists: (path) => existsSync(join(root, path)),
  };
}

/** `@scope/name` or `name`, without a subpath. */
export function packageNameOf(specifier) {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function exportsName(file, name) {
  return file?.exports.some(({ exportName }) => exportName.name === name) ?? false;
}
