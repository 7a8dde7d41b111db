/**
 * Files and folders that a Markdown text names between backticks, also within a command, and that do not exist. A
 * name may be a path suffix: `errors.ts` and `server/routes.ts` must each match the end of at least one path.
 *
 * @param {string} text
 * @param {string[]} paths all files, relative to the root
 * @returns {string[]}
 */
export function missingFiles(text, paths) {
  const named = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, quoted]) => quoted.split(/\s+/)).filter(isPath);
  return [...new Set(named)].filter((name) => !paths.some((path) => isAt(`/${path}`, name)));
}

function isPath(name) {
  if (!/^[\w.-]+(\/[\w.-]+)*\/?$/.test(name)) return false;
  return name.includes("/") || /\.(css|js|json|md|mjs|py|ts|tsx)$/.test(name);
}

function isAt(path, name) {
  return name.endsWith("/")
    ? path.includes(`/${name}`)
    : path.endsWith(`/${name}`) || path.includes(`/${name}/`);
}
