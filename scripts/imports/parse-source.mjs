import { parseSync } from "oxc-parser";
import { walk } from "./walk.mjs";

/**
 * The imports and exports of a source file. `program`, the syntax tree, is deserialized only when accessed: that is
 * the expensive part.
 *
 * @param {string} path
 * @param {string} text
 */
export function parseSource(path, text) {
  const parsed = parseSync(path, text);
  const lineOf = (offset) => text.slice(0, offset).split("\n").length;
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const imports = [
    ...staticImports.map((statement) => ({
      specifier: statement.moduleRequest.value,
      isTypeOnly: isTypeImport(statement, text),
      names: statement.entries
        .filter(({ isType }) => !isType)
        .map(({ importName, localName }) => ({ name: nameOf(importName), local: localName.value })),
      line: lineOf(statement.start),
    })),
    ...staticExports.flatMap(({ entries, start }) => reexports(entries, lineOf(start))),
    ...dynamicImports.flatMap(({ moduleRequest, start }) => {
      const [, specifier] =
        /^["'`]([^"'`$]+)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end)) ?? [];
      return specifier === undefined
        ? []
        : [{ specifier, isTypeOnly: false, names: [{ name: "*", local: null }], line: lineOf(start) }];
    }),
    ...typeImports(parsed, text, lineOf),
  ];
  return {
    path,
    text,
    imports,
    exports: staticExports.flatMap(({ entries }) => entries),
    errors: parsed.errors.map(({ message }) => message),
    lineOf,
    get program() {
      return parsed.program;
    },
  };
}

/** `*` means the whole module. */
function nameOf({ kind, name }) {
  if (kind === "Default") return "default";
  return kind === "Name" ? name : "*";
}

function isTypeImport({ start, entries, moduleRequest }, text) {
  if (entries.length > 0) return entries.every(({ isType }) => isType);
  return /^import\s+type\b/.test(text.slice(start, moduleRequest.start));
}

/** `export … from "x"`: one import per statement. */
function reexports(entries, line) {
  const bySpecifier = new Map();
  for (const { moduleRequest, importName, isType } of entries) {
    if (moduleRequest === null) continue;
    const found = bySpecifier.get(moduleRequest.value) ?? { names: [], isTypeOnly: true };
    if (!isType) found.names.push({ name: nameOf(importName), local: null });
    bySpecifier.set(moduleRequest.value, { ...found, isTypeOnly: found.isTypeOnly && isType });
  }
  return [...bySpecifier].map(([specifier, { names, isTypeOnly }]) => ({
    specifier,
    isTypeOnly,
    names,
    line,
  }));
}

/** `import("x").Y` in a type. */
function typeImports(parsed, text, lineOf) {
  if (!/\bimport\s*\(/.test(text)) return [];
  const found = [];
  walk(parsed.program, (node) => {
    if (node.type === "TSImportType" && node.source !== undefined)
      found.push({ specifier: node.source.value, isTypeOnly: true, names: [], line: lineOf(node.start) });
  });
  return found;
}
