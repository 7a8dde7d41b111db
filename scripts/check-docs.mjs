// The docs must agree with the code: tables of codes, options and exit codes, the first example, links, commands, and
// named files. --write rewrites the tables of diagnostics, materializations and recordings.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { materializeCases } from "../conformance/dist/materialize/materialize-cases.js";
import { materializeTable } from "../conformance/dist/materialize/materialize-table.js";
import { DagsterApi } from "../packages/code-location/dist/protocol/dagster_api_pb.js";
import { unimplemented } from "../packages/code-location/dist/server/unimplemented.js";
import { exitCodes } from "../packages/dagster-sigma/dist/exit-codes.js";
import { createProgram } from "../packages/dagster-sigma/dist/main.js";
import { diagnosticKinds } from "../packages/sigma-assets/dist/index.js";
import { errorCodes } from "./docs/error-codes.mjs";
import { missingFiles } from "./docs/named-files.mjs";
import { recordingTables } from "./docs/recording-tables.mjs";
import { root, sourceFiles } from "./source-files.mjs";

const problems = [];
const read = (path) => readFileSync(join(root, path), "utf8");

/** First cells of the rows of a page's tables, without backticks. */
const firstCells = (path) => [...read(path).matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell]) => cell);

sameNames("docs/reference/errors.md", firstCells("docs/reference/errors.md"), Object.keys(errorCodes));
checkMethods();
checkDiagnostics();
checkMaterializations();
checkRecordings();
checkCommands();
checkFirstExample();
checkKnownCases();
for (const path of sourceFiles(".md")) checkLinks(path, read(path));
for (const page of ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]) {
  for (const name of missingFiles(read(page), sourceFiles("")))
    problems.push(`${page} names ${name}, which does not exist.`);
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function sameNames(where, documented, real) {
  for (const name of real)
    if (!documented.includes(name)) problems.push(`${where} does not document ${name}.`);
  for (const name of documented)
    if (!real.includes(name)) problems.push(`${where} documents ${name}, which does not exist.`);
}

/** The page lists each method of Dagster's protocol, with the reason for each that is not implemented (by a location without runs). */
function checkMethods() {
  const page = "docs/reference/code-location.md";
  const methods = DagsterApi.methods.map(({ name }) => name);
  sameNames(page, firstCells(page), methods);
  for (const { name, localName } of DagsterApi.methods) {
    const why = unimplemented[localName];
    const row = read(page)
      .split("\n")
      .find((line) => line.startsWith(`| \`${name}\` |`));
    const said = /UNIMPLEMENTED: (.*) \|$/.exec(row ?? "")?.[1];
    if (said !== why) problems.push(`${page} does not say why ${name} is not implemented.`);
  }
}

function checkDiagnostics() {
  const page = "docs/reference/diagnostics.md";
  const rows = Object.entries(diagnosticKinds).map(
    ([code, { severity, meaning, whatToDo }]) =>
      `| \`${code}\` | ${severity} | ${[meaning, whatToDo].map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`,
  );
  checkTable(page, `| code | severity | meaning | what to do |\n|---|---|---|---|\n${rows.join("\n")}\n`);
}

/** Its cells are checked by conformance/test/materialize.test.ts. */
function checkMaterializations() {
  checkTable("docs/reference/conformance.md", materializeTable(materializeCases));
}

/** The end of the page, from its routes on. */
function checkRecordings() {
  const page = "docs/reference/recording.md";
  const text = read(page);
  const at = text.indexOf("## Routes\n");
  const expected = `${at < 0 ? text : text.slice(0, at)}${recordingTables()}\n`;
  if (text !== expected) rewrite(page, expected);
}

/** The page has the table, or gets it with --write. */
function checkTable(page, table) {
  const text = read(page);
  const start = text.indexOf(table.slice(0, table.indexOf("\n") + 1));
  if (start < 0) throw new Error(`${page} has no table that begins like this: ${table.slice(0, 60)}`);
  const [present] = /^(\|.*\n)*/.exec(text.slice(start)) ?? [""];
  if (present === table) return;
  rewrite(page, text.slice(0, start) + table + text.slice(start + present.length));
}

/** A page that differs from the code is written with --write, and is a problem otherwise. */
function rewrite(page, text) {
  if (process.argv.includes("--write")) writeFileSync(join(root, page), text);
  else problems.push(`${page} differs from the code: run node scripts/check-docs.mjs --write.`);
}

/** Each row names an existing test, or says in words when it will exist. */
function checkKnownCases() {
  for (const page of ["docs/reference/known-cases.md", "conformance/reference-tests.md"]) {
    const named = [...read(page).matchAll(/\]\((\S+\.test\.ts)\) "([^"]+)" \|$/gm)];
    if (named.length === 0) problems.push(`${page} names no test.`);
    for (const [, target, name] of named) {
      const path = join(dirname(page), target);
      if (!existsSync(join(root, path)) || !read(path).includes(name))
        problems.push(`${page} names a test that is not in ${path}: ${name}.`);
    }
  }
}

function checkCommands() {
  const page = "docs/reference/cli.md";
  const text = read(page);
  const terminal = { out() {}, err() {}, isWatched: false, width: 80, colors: {} };
  const program = createProgram(terminal, { withHelp: false });
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split("\n", 1)[0].replaceAll("`", "").trim(), section]),
  );
  // A command with commands of its own is documented by them.
  const documented = program.commands.flatMap((command) =>
    command.commands.length === 0 ? [command] : command.commands,
  );
  for (const command of documented) {
    const section = sections.get(nameOf(command));
    if (section === undefined) problems.push(`${page} has no section for ${command.name()}.`);
    else sameNames(`${page}, ${command.name()}`, flagsIn(section), flagsOf(command));
  }
  sameNames(`${page}, every command`, flagsIn(sections.get("Every command") ?? ""), flagsOf(program));
  for (const code of Object.values(exitCodes)) {
    if (!text.includes(`| ${code} |`)) problems.push(`${page} does not document exit code ${code}.`);
  }
}

function nameOf(command) {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function flagsOf(command) {
  return command.options.map(({ long }) => long);
}

function flagsIn(text) {
  return [...text.matchAll(/^\| `[^|]*?(--[\w-]+)/gm)].map(([, flag]) => flag);
}

function checkFirstExample() {
  const [, block] = /```(?:ts|typescript)\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
  const example = read("examples/01-representing-sigma-assets.ts");
  if (block !== example)
    problems.push("README.md: the first TypeScript block is not examples/01-representing-sigma-assets.ts.");
}

function checkLinks(path, text) {
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (!existsSync(join(root, dirname(path), target)))
      problems.push(`${path} links to ${target}, which does not exist.`);
  }
  const { scripts } = JSON.parse(read("package.json"));
  for (const [, script] of text.matchAll(/`npm run ([\w:-]+)/g)) {
    if (scripts[script] === undefined)
      problems.push(`${path} mentions \`npm run ${script}\`, which does not exist.`);
  }
}
