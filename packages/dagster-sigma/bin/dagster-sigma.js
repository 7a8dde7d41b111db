#!/usr/bin/env node
// Written so that every Node can read it: an old one must get as far as the sentence that tells what is needed.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`dagster-sigma needs Node 20.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  import("../dist/start.js").then(
    ({ start }) => start(process.argv.slice(2)),
    (error) => {
      const isNotBuilt = error.code === "ERR_MODULE_NOT_FOUND" && String(error.message).includes("dist");
      const text = isNotBuilt
        ? "dagster-sigma is not built yet. Build it in the root of its repository with: npm run build"
        : error.stack;
      process.stderr.write(`${text}\n`);
      process.exitCode = isNotBuilt ? 2 : 1;
    },
  );
}
