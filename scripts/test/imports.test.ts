import { describe, expect, it } from "vitest";
import { checkImports } from "../imports/check-imports.mjs";
import { madeUpTree } from "./made-up-tree.ts";

const architecture = `# Architecture
## Packages
| folder | npm name | what it is | may import | pure |
|---|---|---|---|---|
| \`base\` | \`@x/base\` | basics | – | \`calm.ts\` |
| \`graph\` | \`@x/graph\` | the graph | base | yes |
| \`app\` | \`app\` | the product | all | see below |

## Inside \`app\`
| folder in \`src/\` | pure | what |
|---|---|---|
| \`fetch/\` | – | calls |
| \`derive/\` | yes | conclusions |
| \`derive/clock/\` | – | the time |
`;

function manifest(name: string, more: object = {}): string {
  const entry = { "@dagster-sigma/source": "./src/index.ts", default: "./dist/index.js" };
  return JSON.stringify({ name, exports: { ".": entry }, ...more });
}

/** A tree without problems. */
const rightTree = {
  "ARCHITECTURE.md": architecture,
  "packages/base/package.json": manifest("@x/base"),
  "packages/base/src/index.ts":
    'export { calm } from "./calm.ts";\nexport { now, type Now } from "./now.ts";',
  "packages/base/src/calm.ts": "export const calm = 1;",
  "packages/base/src/now.ts": "export type Now = number;\nexport const now = (): Now => Date.now();",
  "packages/graph/package.json": manifest("@x/graph", { dependencies: { "@x/base": "1" } }),
  "packages/graph/src/index.ts": 'import { calm } from "@x/base";\nexport const graph = calm;',
  "packages/app/package.json": manifest("app", {
    dependencies: { "@x/base": "1", "@x/graph": "1", zod: "4" },
  }),
  "packages/app/src/index.ts":
    'export { call } from "./fetch/call.ts";\nexport { sum } from "./derive/sum.ts";',
  "packages/app/src/errors.ts": "export class AppError extends Error {}",
  "packages/app/src/fetch/call.ts": `import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "../errors.ts";
export const call = async () => { await fetch("/"); setTimeout(() => readFileSync(""), z); throw new AppError(); };`,
  "packages/app/src/derive/sum.ts": `import { calm } from "@x/base";
import type { Now } from "@x/base";
import type { call } from "../fetch/call.ts";
interface Options { readonly process: string; readonly async: boolean }
/** Date.now() and fetch("x") in a comment, "await fetch(1)" in a text. */
export const sum = (of: Options, location: string) => [of.process, new Date(0), "await fetch(1)", location, calm];`,
  "packages/app/src/derive/clock/time.ts": "export const time = Date.now();",
};

/** The problems of the valid tree after files are changed or added. */
function problemsOf(
  changes: Readonly<Record<string, string>> = {},
  options: {
    readonly knownCircles?: string[];
    readonly pureDependencies?: string[];
    readonly hostAccess?: Record<string, string[]>;
    readonly doors?: { readonly from: string; readonly to: string; readonly through: string[] }[];
  } = {},
): readonly string[] {
  const files = { ...rightTree, ...changes };
  const paths = Object.keys(files).filter((path) => path.endsWith(".ts"));
  return checkImports({ root: madeUpTree(files), paths, ...options });
}

const app = "packages/app/src";

describe("checkImports", () => {
  it("a tree that follows all rules is accepted", () => {
    expect(problemsOf()).toEqual([]);
  });

  it.each([
    [
      "a package that may not be imported",
      {
        "packages/graph/src/a.ts": 'import type { x } from "app";',
        "packages/graph/package.json": manifest("@x/graph", { dependencies: { "@x/base": "1", app: "1" } }),
      },
      ["packages/graph/src/a.ts: graph may not import app."],
    ],
    [
      "an undeclared dependency",
      { [`${app}/fetch/a.ts`]: 'export { x } from "undici";' },
      [`${app}/fetch/a.ts imports undici, which its package.json does not declare.`],
    ],
    [
      "an undeclared dependency of a type in an import() type",
      { [`${app}/fetch/a.ts`]: 'export type X = import("undici").Agent;' },
      [`${app}/fetch/a.ts imports undici, which its package.json does not declare.`],
    ],
    [
      "a deep import",
      { [`${app}/fetch/a.ts`]: 'const x = await import("@x/graph/src/index.ts");' },
      [
        `${app}/fetch/a.ts imports @x/graph/src/index.ts: only the entries that a package exports are public.`,
      ],
    ],
    ["no node: prefix", { [`${app}/fetch/a.ts`]: 'import "fs";' }, [`${app}/fetch/a.ts: write node:fs.`]],
    [
      "a relative import of another package",
      { [`${app}/fetch/a.ts`]: 'import "../../../base/src/calm.ts";' },
      [`${app}/fetch/a.ts imports a file outside its package: ../../../base/src/calm.ts`],
    ],
    [
      "a file that does not exist",
      { [`${app}/fetch/a.ts`]: 'import "./b.ts";' },
      [`${app}/fetch/a.ts: ./b.ts does not exist.`],
    ],
    [
      "a file that cannot be parsed",
      { [`${app}/fetch/a.ts`]: "export const = 1;" },
      [expect.stringContaining(`${app}/fetch/a.ts cannot be parsed`)],
    ],
  ])("a tree is rejected for %s", (_, changes, expected) => {
    expect(problemsOf(changes)).toEqual(expected);
  });

  it.each([
    ["a module of Node", 'import type { Stats } from "node:fs";', "a module of Node"],
    ["async", "export const f = async () => 1;", "asynchronous code (line 1)"],
    [
      "for await",
      "export async function* f(x) { for await (const y of x) yield y; }",
      "asynchronous code (line 1)",
    ],
    ["a dynamic import", 'export const f = () => import("../errors.ts");', "asynchronous code (line 1)"],
    ["the clock", "\nexport const f = Date.now();", "clock or randomness (line 2)"],
    ["the clock by name", 'export const f = Date["now"]();', "clock or randomness (line 1)"],
    ["new Date()", "export const f = new Date();", "clock or randomness (line 1)"],
    ["randomness", "export const f = { x: [Math.random()] };", "clock or randomness (line 1)"],
    ["the network", 'export const f = fetch("/x");', "the host: fetch (line 1)"],
    ["a timer that is passed on", "export const f = { timer: setTimeout };", "the host: setTimeout (line 1)"],
    ["the environment", "export const f = process.env;", "the host: process (line 1)"],
    ["the console", "console.log(1);", "the host: console (line 1)"],
    ["a detour", "export const f = globalThis.fetch;", "the host: globalThis (line 1)"],
    ["its own address", "export const f = import.meta.url;", "the host: import.meta (line 1)"],
  ])("pure code is rejected for %s", (_, code, what) => {
    const path = `${app}/derive/a.ts`;
    expect(problemsOf({ [path]: code })).toContainEqual(
      expect.stringContaining(`${path} is pure and uses ${what}`),
    );
  });

  it("a file may use exactly the globals that are allowed for it", () => {
    const path = `${app}/derive/a.ts`;
    const changes = { [path]: "export const f = [process.env, performance];" };
    expect(problemsOf(changes, { hostAccess: { [path]: ["process"] } })).toEqual([
      `${path} is pure and uses the host: performance (line 1).`,
    ]);
  });

  it.each([
    ["of its package", 'import { call } from "../fetch/call.ts";', `${app}/fetch/call.ts`],
    ["in an impure folder below", 'import { time } from "./clock/time.ts";', `${app}/derive/clock/time.ts`],
    ["behind the entry of another package", 'import { now } from "@x/base";', "packages/base/src/now.ts"],
    [
      "behind everything of another package",
      'import * as base from "@x/base";',
      "packages/base/src/index.ts",
    ],
  ])("pure code that imports impure code %s is rejected", (_, code, target) => {
    const path = `${app}/derive/a.ts`;
    expect(problemsOf({ [path]: code })).toEqual([`${path} is pure and imports ${target}, which is not.`]);
  });

  it("npm dependencies of pure code are rejected unless they are known to be pure", () => {
    const changes = { [`${app}/derive/a.ts`]: 'import { z } from "zod";' };
    expect(problemsOf(changes)).toEqual([
      `${app}/derive/a.ts is pure and imports zod, which is not known to be pure.`,
    ]);
    expect(problemsOf(changes, { pureDependencies: ["zod"] })).toEqual([]);
  });

  it.each([
    [
      "packages that it does not list",
      { "packages/new/package.json": manifest("new") },
      "ARCHITECTURE.md has no row for packages/new.",
    ],
    [
      "packages that do not exist",
      {
        "ARCHITECTURE.md": architecture
          .replace("## Inside", "| `old` | `old` | gone | – | – |\n\n## Inside")
          .replace("below |\n\n|", "below |\n|"),
      },
      "ARCHITECTURE.md lists packages/old, which does not exist.",
    ],
    [
      "other names",
      { "packages/base/package.json": manifest("@x/basic") },
      "ARCHITECTURE.md calls packages/base @x/base; its name is @x/basic.",
    ],
    [
      "folders that it does not list",
      { [`${app}/panels/a.ts`]: "export const a = 1;" },
      "ARCHITECTURE.md has no row for packages/app/src/panels/.",
    ],
    [
      "folders that do not exist",
      { "ARCHITECTURE.md": architecture.replace("`fetch/`", "`fetch/`, `calls/`") },
      "ARCHITECTURE.md lists packages/app/src/calls, which does not exist.",
    ],
    [
      "unknown words in the column pure",
      { "ARCHITECTURE.md": architecture.replace("`calm.ts`", "mostly") },
      'ARCHITECTURE.md: "pure" of base is "mostly".',
    ],
    [
      "a missing column pure",
      { "ARCHITECTURE.md": architecture.replace("`src/` | pure", "`src/` | side") },
      'ARCHITECTURE.md: the table of app needs a column "pure".',
    ],
  ])("ARCHITECTURE.md is compared with %s", (_, changes, expected) => {
    expect(problemsOf(changes)).toContain(expected);
  });
});

describe("import cycles", () => {
  const a = `${app}/fetch/a.ts`;
  const b = `${app}/fetch/b.ts`;
  const files = {
    [a]: 'import type { B } from "./b.ts";\nexport type A = B;',
    [b]: '\nexport type { A } from "./a.ts";',
  };
  const circle = `${app}: fetch/a.ts ↔ fetch/b.ts`;

  it("are rejected between files, also for type-only imports, and their imports are shown", () => {
    expect(problemsOf(files)).toEqual([
      `Import cycle: ${circle}\n    ${a}:1 imports ${b}\n    ${b}:2 imports ${a}`,
    ]);
  });

  const folders = { [a]: 'import type { sum } from "../derive/sum.ts";' };

  it("are rejected between folders", () => {
    expect(problemsOf(folders)).toEqual([
      `Import cycle: ${app}: derive/ ↔ fetch/\n    ${app}/derive/sum.ts:3 imports ${app}/fetch/call.ts\n    ${a}:1 imports ${app}/derive/sum.ts`,
    ]);
  });

  it("are rejected between nested folders, and between a folder and a file beside it", () => {
    const [problem] = problemsOf({
      [`${app}/fetch/calls/a.ts`]: 'import type { b } from "../rows/b.ts";',
      [`${app}/fetch/rows/b.ts`]: 'import type { c } from "../calls/c.ts";',
      [`${app}/fetch/calls/c.ts`]: "export const c = 1;",
    });
    expect(problem).toMatch(`Import cycle: ${app}/fetch: calls/ ↔ rows/`);
    const [other] = problemsOf({
      [`${app}/load.ts`]: 'import type { call } from "./fetch/call.ts";',
      [a]: 'import type { load } from "../load.ts";',
    });
    expect(other).toMatch(`Import cycle: ${app}: fetch/ ↔ load.ts`);
  });

  it("are allowed while they are listed as known, and the list may only shrink", () => {
    expect(problemsOf(files, { knownCircles: [circle] })).toEqual([]);
    expect(problemsOf({}, { knownCircles: [circle] })).toEqual([
      `The cycle "${circle}" no longer exists: remove it from scripts/imports/known-circles.mjs.`,
    ]);
    const larger = `${app}: fetch/a.ts ↔ fetch/b.ts ↔ fetch/c.ts`;
    expect(problemsOf(files, { knownCircles: [larger] })).toEqual([
      `The cycle "${larger}" became smaller: replace it with "${circle}" in scripts/imports/known-circles.mjs.`,
    ]);
    const known = [`${app}: derive/ ↔ fetch/`, circle];
    expect(
      problemsOf(
        { ...folders, ...files, [`${app}/fetch/d.ts`]: folders[a] ?? "" },
        { knownCircles: known.reverse() },
      ),
    ).toEqual(["scripts/imports/known-circles.mjs is not sorted."]);
  });
});

describe("a door", () => {
  const app = "packages/app/src";
  const refused = (files: Record<string, string>) =>
    problemsOf(files, { doors }).filter((problem) => !problem.startsWith("ARCHITECTURE.md"));
  const doors = [{ from: `${app}/outlet/`, to: `${app}/derive/`, through: [`${app}/derive/sum.ts`] }];

  it("a folder with a door may be imported only through the named file", () => {
    const through = {
      [`${app}/outlet/a.ts`]: 'import { sum } from "../derive/sum.ts";\nexport const a = sum;',
    };
    expect(refused(through)).toEqual([]);
    const past = {
      [`${app}/derive/product.ts`]: "export type Product = number;",
      [`${app}/outlet/a.ts`]:
        'import type { Product } from "../derive/product.ts";\nexport type A = Product;',
    };
    expect(refused(past)).toEqual([
      `${app}/outlet/a.ts imports ${app}/derive/product.ts; it may import ${app}/derive/ only through ${app}/derive/sum.ts.`,
    ]);
  });
});
