import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * @typedef {object} Mutant
 * @property {string} id the value of `__STRYKER_ACTIVE_MUTANT__` that activates it, in every process that inherits the variable
 * @property {string} key a stable key, independent of changes to other lines of the file
 * @property {string} file
 * @property {number} line
 * @property {string} from
 * @property {string} to
 */

/**
 * Rewrites files so that each of their mutants can be activated, and returns the mutants.
 *
 * @param {string} root a clone in which Stryker's instrumenter is installed
 * @param {readonly string[]} files
 * @returns {Promise<readonly Mutant[]>}
 */
export async function mutateFiles(root, files) {
  const entry = createRequire(join(root, "package.json")).resolve("@stryker-mutator/instrumenter");
  const { Instrumenter } = await import(pathToFileURL(entry).href);
  const silent = new Proxy({}, { get: () => () => false });
  const sources = new Map(files.map((file) => [join(root, file), readFileSync(join(root, file), "utf8")]));
  const { files: mutated, mutants } = await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, ignorers: [], excludedMutations: ["StringLiteral"], noHeader: false },
  );
  const recorder = JSON.stringify(join(root, "scripts", "mutation", "record-covered.mjs"));
  for (const { name, content } of mutated)
    writeFileSync(name, `// @ts-nocheck\nimport ${recorder};\n${content}`);
  const seen = new Map();
  // Mutants of excluded kinds are listed, too, but are not in the code.
  const active = mutants.filter(({ status }) => status !== "Ignored");
  return active.map(({ fileName, id, location, mutatorName, replacement }) => {
    const file = fileName.slice(root.length + 1);
    const from = textAt(sources.get(fileName) ?? "", location);
    const name = `${file} ${mutatorName} ${from} → ${replacement}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { id, key: hash(`${name} ${nth}`), file, line: location.start.line + 1, from, to: replacement };
  });
}

/**
 * A sample of mutants, selected by their hashes, so that edits elsewhere do not change the selection.
 *
 * @param {readonly Mutant[]} mutants
 * @param {number} count
 * @param {string} salt a different salt gives a different sample
 */
export function sampleMutants(mutants, count, salt) {
  return [...mutants]
    .map((mutant) => ({ mutant, order: hash(`${salt} ${mutant.key}`) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

function textAt(text, { start, end }) {
  const lines = text.split("\n").slice(start.line, end.line + 1);
  lines.push((lines.pop() ?? "").slice(0, end.column));
  const whole = lines.join("\n");
  return whole.slice(start.column);
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
