// Doors: a folder may import another folder only through specific files.

/**
 * @param {any} tree
 * @param {any} file
 * @param {{ from: string, to: string, through: string[] }[]} doors folders with a trailing slash, and files
 */
export function checkDoorRules(tree, { path, imports }, doors) {
  return doors
    .filter(({ from }) => path.startsWith(from))
    .flatMap(({ to, through }) =>
      imports
        .map(({ specifier }) => tree.targetOf(path, specifier))
        .filter((target) => target?.startsWith(to) && !through.includes(target))
        .map(
          (target) => `${path} imports ${target}; it may import ${to} only through ${through.join(", ")}.`,
        ),
    );
}
