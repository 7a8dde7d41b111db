import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";
import { walk } from "../imports/walk.mjs";

/**
 * The declarations of one built package, by file and name.
 *
 * @param {string} folder of the package, absolute
 */
export function declarationFiles(folder) {
  const files = new Map();

  /** A parsed `.d.ts` file; null when it does not exist. */
  const read = (path) => {
    if (!files.has(path)) files.set(path, existsSync(path) ? readFile(path) : null);
    return files.get(path);
  };

  /**
   * Where an exported or used name is declared: `{ path, name }` in this package, `{ from, name }` in another one;
   * null for a name that is neither declared nor imported, such as `Promise`.
   */
  const resolve = (path, name, isExport) => {
    const file = read(path);
    if (isExport) {
      const found = file.exports.get(name);
      if (found?.from !== undefined) return follow(path, found.from, found.name);
      if (found !== undefined) return resolve(path, found.name, false);
    }
    if (file.declarations.has(name)) return { path, name };
    const imported = file.imports.get(name);
    return imported === undefined ? null : follow(path, imported.from, imported.name);
  };
  const follow = (path, from, name) => {
    const target = targetOf(path, from);
    return target === null || name === "*" || read(target) === null
      ? { from, name }
      : (resolve(target, name, true) ?? { from, name });
  };

  /** All exports of a file: public name → where it is declared. */
  const exportsOf = (path) => {
    const file = read(path);
    const names = new Map([...file.exports.keys()].map((name) => [name, resolve(path, name, true)]));
    for (const from of file.stars) {
      const target = targetOf(path, from);
      if (target === null) names.set(`* from ${from}`, { from, name: "*" });
      else for (const [name, place] of exportsOf(target)) if (!names.has(name)) names.set(name, place);
    }
    return names;
  };

  return { folder, read, resolve, exportsOf };
}

function targetOf(path, from) {
  return from.startsWith(".") ? join(dirname(path), from.replace(/\.[jt]s$/, ".d.ts")) : null;
}

function readFile(path) {
  const text = readFileSync(path, "utf8");
  const parsed = parseSync(path, text);
  const file = { imports: new Map(), exports: new Map(), stars: [], declarations: new Map() };
  for (const { entries, moduleRequest } of parsed.module.staticImports) {
    for (const { importName, localName } of entries)
      file.imports.set(localName.value, { from: moduleRequest.value, name: importName.name ?? "*" });
  }
  for (const { moduleRequest, importName, exportName, localName } of parsed.module.staticExports.flatMap(
    ({ entries }) => entries,
  )) {
    const name = exportName.name ?? (exportName.kind === "Default" ? "default" : null);
    if (name === null) file.stars.push(moduleRequest.value);
    else if (moduleRequest === null) file.exports.set(name, { name: localName.name ?? name });
    else file.exports.set(name, { from: moduleRequest.value, name: importName.name ?? "*" });
  }
  for (const statement of parsed.program.body) {
    const declaration = statement.declaration ?? statement;
    for (const name of declaredNames(declaration)) {
      const known = file.declarations.get(name) ?? [];
      file.declarations.set(name, [...known, readDeclaration(statement, text, parsed.comments)]);
    }
  }
  return file;
}

function declaredNames({ id, declarations }) {
  return [id, ...(declarations ?? []).map((declarator) => declarator.id)].flatMap((node) => node?.name ?? []);
}

/** The text of a declaration without comments and private members, the names it uses, and what it documents. */
function readDeclaration(statement, text, comments) {
  const isDocumented = (node) =>
    comments.some(
      ({ type, value, start, end }) =>
        type === "Block" &&
        value.startsWith("*") &&
        start < node.start &&
        text.slice(end, node.start).trim() === "",
    );
  const { type, body } = statement.declaration ?? statement;
  const members = type === "TSInterfaceDeclaration" ? body.body : [];
  const cuts = comments.filter(({ start, end }) => start >= statement.start && end <= statement.end);
  const names = new Set();
  walk(statement, (node, parent, key) => {
    const isPrivate = node.accessibility === "private" && node.kind !== "constructor";
    if (isPrivate || node.key?.type === "PrivateIdentifier") {
      cuts.push(node);
      return false;
    }
    const isName =
      (key === "key" && !parent.computed) || (key === "property" && !parent.computed) || key === "label";
    if (node.type === "Identifier" && !isName) names.add(node.name);
    return true;
  });
  let result = "";
  let at = statement.start;
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start);
    at = end;
  }
  result += text.slice(at, statement.end);
  return {
    text: result
      .replace(/[ \t]+$/gm, "")
      .replace(/\n{2,}/g, "\n")
      .replace(/^export /, "")
      .replace(/^declare /, ""),
    names,
    isDocumented: isDocumented(statement),
    undocumentedMembers: members
      .filter((member) => !isDocumented(member))
      .map(({ key }) => key?.name ?? key?.value ?? "()"),
  };
}
