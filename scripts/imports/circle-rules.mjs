// No import cycles inside a package, neither between files nor between folders. Type-only imports count: a type that
// two files need from each other is in the wrong file too.
//
// Folders are checked at every level: the subfolders and files of a folder are the nodes, and an import from anything
// in one to anything in another is an edge. A file beside folders is its own node, because `index.ts`, which imports
// everything, and `errors.ts`, which everything imports, would otherwise put everything into one cycle.
import { findCircles, shortestCircle } from "./circles.mjs";

const listFile = "scripts/imports/known-circles.mjs";

/**
 * @param {any} tree
 * @param {string[]} known cycles that are allowed for now; the list may only shrink
 */
export function checkCircles(tree, known) {
  const problems = [];
  const found = new Map([...fileCircles(tree), ...folderCircles(tree)]);
  if ([...known].sort().join("\n") !== known.join("\n")) problems.push(`${listFile} is not sorted.`);
  for (const name of known) {
    if (found.has(name)) continue;
    const smaller = [...found.keys()].filter((other) => !known.includes(other) && isPartOf(other, name));
    problems.push(
      smaller.length === 0
        ? `The cycle "${name}" no longer exists: remove it from ${listFile}.`
        : `The cycle "${name}" became smaller: replace it with ${smaller.map((other) => `"${other}"`).join(" and ")} in ${listFile}.`,
    );
  }
  for (const [name, way] of found) {
    if (known.includes(name) || known.some((other) => !found.has(other) && isPartOf(name, other))) continue;
    problems.push(`Import cycle: ${name}\n${way.map((step) => `    ${step}`).join("\n")}`);
  }
  return problems;
}

/** Each cycle with all imports between its members, fewest first: removing those may be enough. */
export function explainCircles(tree) {
  const explanations = [];
  for (const name of new Map([...fileCircles(tree), ...folderCircles(tree)]).keys()) {
    const [folder, members] = name.split(": ");
    const circle = members.split(" ↔ ");
    const memberOf = (path) =>
      circle.find(
        (member) =>
          path === `${folder}/${member}` || (member.endsWith("/") && path.startsWith(`${folder}/${member}`)),
      );
    const steps = new Map();
    for (const [path, edges] of edgesOf(tree)) {
      for (const { target, line } of edges) {
        const [from, to] = [memberOf(path), memberOf(target)];
        if (from === undefined || to === undefined || from === to) continue;
        const step = `${from} → ${to}`;
        steps.set(step, [...(steps.get(step) ?? []), `${path}:${line}`]);
      }
    }
    const lines = [...steps]
      .sort(([, a], [, b]) => a.length - b.length)
      .map(
        ([step, places]) =>
          `    ${step}: ${places.slice(0, 3).join(", ")}${places.length > 3 ? ` and ${places.length - 3} more` : ""}`,
      );
    explanations.push(`${name}\n${lines.join("\n")}`);
  }
  return explanations;
}

function isPartOf(circle, other) {
  const [folder, members] = circle.split(": ");
  const [otherFolder, otherMembers] = other.split(": ");
  const all = otherMembers.split(" ↔ ");
  return folder === otherFolder && members.split(" ↔ ").every((member) => all.includes(member));
}

/** `[name, steps]` of each cycle of files. */
function fileCircles(tree) {
  const graph = new Map();
  for (const [path, edges] of edgesOf(tree)) graph.set(path, new Set(edges.map(({ target }) => target)));
  return findCircles(graph).map((circle) => {
    const folder = sourceFolderOf(circle[0]);
    const way = shortestCircle(graph, circle);
    return [
      nameOf(folder, circle),
      stepsOf(tree, way, (path, target, node, next) => path === node && target === next),
    ];
  });
}

/** `[name, steps]` of each cycle that involves a folder. */
function folderCircles(tree) {
  const edges = edgesOf(tree);
  const folders = new Set([...edges.keys()].flatMap(foldersAbove));
  return [...folders].sort().flatMap((folder) => {
    const graph = new Map();
    for (const [path, found] of edges) {
      const node = nodeIn(folder, path);
      if (node === null) continue;
      const targets = graph.get(node) ?? graph.set(node, new Set()).get(node);
      for (const { target } of found) {
        const next = nodeIn(folder, target);
        if (next !== null && next !== node) targets.add(next);
      }
    }
    return findCircles(graph)
      .filter((circle) => circle.some((node) => node.endsWith("/")))
      .map((circle) => {
        const firstFolder = circle.find((node) => node.endsWith("/"));
        const way = shortestCircle(graph, circle, firstFolder);
        const isStep = (path, target, node, next) =>
          nodeIn(folder, path) === node && nodeIn(folder, target) === next;
        return [nameOf(folder, circle), stepsOf(tree, way, isStep)];
      });
  });
}

/** Imports of each file from files of the same package. */
function edgesOf(tree) {
  return new Map(
    [...tree.files.values()].map(({ path, imports }) => [
      path,
      imports
        .filter(({ specifier }) => specifier.startsWith("."))
        .map(({ specifier, line }) => ({ target: tree.targetOf(path, specifier), line }))
        .filter(({ target }) => tree.files.has(target) && sourceFolderOf(target) === sourceFolderOf(path)),
    ]),
  );
}

/** One example import for each step of the path. */
function stepsOf(tree, way, isStep) {
  const edges = edgesOf(tree);
  return way.slice(1).map((next, index) => {
    for (const [path, found] of edges) {
      const edge = found.find(({ target }) => isStep(path, target, way[index], next));
      if (edge !== undefined) return `${path}:${edge.line} imports ${edge.target}`;
    }
    return `${way[index]} → ${next}`;
  });
}

function nameOf(folder, circle) {
  return `${folder}: ${circle.map((path) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path)).join(" ↔ ")}`;
}

function sourceFolderOf(path) {
  return /^.*?\/src(?=\/)/.exec(path)?.[0] ?? "";
}

/** From `src` down to the file's folder. */
function foldersAbove(path) {
  const source = sourceFolderOf(path);
  const parts = path
    .slice(source.length + 1)
    .split("/")
    .slice(0, -1);
  return [source, ...parts.map((_, index) => `${source}/${parts.slice(0, index + 1).join("/")}`)];
}

/**
 * The node of a folder that a path belongs to: a subfolder, with a trailing slash, or the file itself; null when it
 * is elsewhere.
 */
function nodeIn(folder, path) {
  if (!path.startsWith(`${folder}/`)) return null;
  const [first, ...rest] = path.slice(folder.length + 1).split("/");
  return rest.length === 0 ? first : `${first}/`;
}
