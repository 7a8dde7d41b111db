// Comments, messages, test titles and documentation must not contain the phrases listed in scripts/wording/phrases.mjs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, sourceFiles } from "./source-files.mjs";
import { findPhrases } from "./wording/find-phrases.mjs";

/** The phrase list and its tests, history, and generated code. */
const excluded = [
  "CHANGELOG.md",
  "docs/decisions/",
  "packages/code-location/src/protocol/dagster_api_pb.ts",
  "scripts/test/wording.test.ts",
  "scripts/wording/phrases.mjs",
];

let count = 0;
for (const path of sourceFiles(".ts", ".tsx", ".mjs", ".js", ".py", ".css", ".md")) {
  if (excluded.some((start) => path === start || (start.endsWith("/") && path.startsWith(start)))) continue;
  for (const { line, phrase, instead } of findPhrases(path, readFileSync(join(root, path), "utf8"))) {
    console.error(`${path}:${line}: "${phrase}" is not plain English. Write ${instead}.`);
    count++;
  }
}
process.exitCode = count === 0 ? 0 : 1;
