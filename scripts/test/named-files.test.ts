import { expect, it } from "vitest";
import { missingFiles } from "../docs/named-files.mjs";

const paths = ["ARCHITECTURE.md", "packages/app/src/index.ts", "packages/app/src/fetch/fetch-row.ts"];

it.each([
  ["a file", "`packages/app/src/index.ts`, `packages/app/src/main.ts`", ["packages/app/src/main.ts"]],
  ["the end of a path", "`app/src/index.ts`, `index.ts`, `row.ts`", ["row.ts"]],
  ["a folder", "`fetch/`, `app/src/`, `packages/app`, `translate/`", ["translate/"]],
  ["a folder that is the end of the name of another", "`etch/`", ["etch/"]],
  [
    "an argument of a command",
    "`npx vitest run packages/app/test/a.test.ts`",
    ["packages/app/test/a.test.ts"],
  ],
  ["a renamed file, once", "`fetch/fetch-rows.ts` and `fetch/fetch-rows.ts`", ["fetch/fetch-rows.ts"]],
  [
    "no path",
    "`@x/app`, `npm test`, `await fetch()`, `node:fs`, `--json`, `<file>`, `dagster-sigma`, `v1.13`",
    [],
  ],
])("missingFiles finds %s that is named and does not exist", (_, text, expected) => {
  expect(missingFiles(text, paths)).toEqual(expected);
});
