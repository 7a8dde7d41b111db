// Pure code: no Node modules, nothing asynchronous, no clock, no randomness, no host. The same input gives the same
// bytes.
import { isBuiltin } from "node:module";
import { packageNameOf } from "./source-tree.mjs";
import { walk } from "./walk.mjs";

/** Globals that access the host: network, timers, threads, storage, environment. */
const hostGlobals = new Set(
  `EventSource SharedArrayBuffer WebSocket Worker XMLHttpRequest caches clearInterval clearTimeout console crypto document
  fetch global globalThis indexedDB localStorage location navigator performance process queueMicrotask requestAnimationFrame
  require self sessionStorage setImmediate setInterval setTimeout window`.split(/\s+/),
);

/** Calls whose result depends on the time, on randomness, or on the machine's settings. */
const unsteadyMembers = new Map([
  ["Date.now", "clock or randomness"],
  ["Math.random", "clock or randomness"],
]);

/**
 * @param {any} tree
 * @param {any} file
 * @param {{ pureDependencies: string[], hostAccess: Record<string, string[]> }} allowances
 */
export function checkPureRules(tree, file, allowances) {
  if (!tree.isPure(file.path)) return [];
  return [
    ...checkImports(tree, file, allowances),
    ...checkCode(file, allowances.hostAccess[file.path] ?? []),
  ];
}

function checkImports(tree, { path, imports }, { pureDependencies }) {
  return imports.flatMap(({ specifier, isTypeOnly, names }) => {
    if (isBuiltin(specifier)) return [`${path} is pure and uses a module of Node.`];
    if (isTypeOnly) return [];
    const target = tree.targetOf(path, specifier);
    if (target === null) {
      const name = packageNameOf(specifier);
      const isKnown = tree.byName.has(name) || pureDependencies.includes(name);
      return isKnown ? [] : [`${path} is pure and imports ${name}, which is not known to be pure.`];
    }
    const origins = specifier.startsWith(".")
      ? [target]
      : (names.length === 0 ? [{ name: "*" }] : names).map(({ name }) => tree.originOf(target, name));
    return [...new Set(origins)]
      .filter((origin) => !tree.isPure(origin))
      .map((origin) => `${path} is pure and imports ${origin}, which is not.`);
  });
}

function checkCode({ path, program, lineOf }, allowedGlobals) {
  const found = new Map();
  const note = (node, what) => {
    if (!found.has(what)) found.set(what, `${path} is pure and uses ${what} (line ${lineOf(node.start)}).`);
  };
  const declared = declaredNames(program);
  walkCode(program, (node, parent, key) => {
    if (node.async === true || node.type === "AwaitExpression" || node.await === true)
      note(node, "asynchronous code");
    if (node.type === "ImportExpression") note(node, "asynchronous code");
    if (node.type === "MetaProperty" && node.meta.name === "import") note(node, "the host: import.meta");
    if (isCurrentTime(node)) note(node, "clock or randomness");
    if (node.type === "MemberExpression" && node.object.type === "Identifier") {
      const what = unsteadyMembers.get(`${node.object.name}.${node.property.name ?? node.property.value}`);
      if (what !== undefined) note(node, what);
    }
    if (!isReference(node, parent, key) || declared.has(node.name) || allowedGlobals.includes(node.name))
      return;
    if (hostGlobals.has(node.name)) note(node, `the host: ${node.name}`);
  });
  return [...found.values()];
}

/** `new Date()` and `Date()` read the clock; with an argument they do not. */
function isCurrentTime({ type, callee, arguments: given }) {
  if (callee?.type !== "Identifier" || callee.name !== "Date") return false;
  return type === "CallExpression" || (type === "NewExpression" && given.length === 0);
}

function isReference(node, parent, key) {
  if (node.type !== "Identifier") return false;
  if (key === "property" && parent.type === "MemberExpression") return parent.computed;
  if (key === "key") return parent.computed === true;
  return key !== "label";
}

/** Names that the file itself declares, in any scope: they do not refer to the host. */
function declaredNames(program) {
  const names = new Set();
  const bind = (pattern) =>
    walkCode(pattern, (node, parent, key) => {
      if (
        node.type === "Identifier" &&
        key !== "key" &&
        !(parent?.type === "AssignmentPattern" && key === "right")
      )
        names.add(node.name);
    });
  walkCode(program, (node) => {
    if (node.type.startsWith("Import") && node.local) names.add(node.local.name);
    if (node.type === "VariableDeclarator") bind(node.id);
    if (node.type === "CatchClause" && node.param) bind(node.param);
    if (/Function|Class/.test(node.type) && node.id) names.add(node.id.name);
    for (const parameter of node.params ?? []) if (/Function/.test(node.type)) bind(parameter);
  });
  return names;
}

/** Skips types, because they do not exist at run time. */
function walkCode(root, visit) {
  walk(root, (node, parent, key) => {
    const isType = node.type.startsWith("TS") && node.expression === undefined;
    return isType ? false : visit(node, parent, key);
  });
}
