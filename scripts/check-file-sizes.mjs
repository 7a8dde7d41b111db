// No hand-written source file may have more than 400 lines: one job per file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, sourceFiles } from "./source-files.mjs";

const maxLines = 400;

/** Generated files, and files with another good reason; the list may only shrink. */
const allowed = new Map([["packages/code-location/src/protocol/dagster_api_pb.ts", "generated"]]);

const tooLong = sourceFiles(".ts", ".tsx", ".mjs", ".js", ".py", ".css")
  .filter((path) => !allowed.has(path))
  .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").split("\n").length - 1 }))
  .filter(({ lines }) => lines > maxLines);

for (const { path, lines } of tooLong)
  console.error(`${path} has ${lines} lines; the maximum is ${maxLines}.`);
process.exitCode = tooLong.length === 0 ? 0 : 1;
