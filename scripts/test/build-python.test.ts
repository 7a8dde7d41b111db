import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { root, sourceFiles } from "../source-files.mjs";

it("puts all modules of the Python package into its wheel", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "dagster-sigma-wheel-")), "wheel");
  execFileSync(process.execPath, [join(root, "scripts", "build-python.mjs"), folder]);
  const [wheel = ""] = readdirSync(folder);
  const modules = Object.keys(unzipSync(readFileSync(join(folder, wheel)))).filter((name) =>
    name.endsWith(".py"),
  );
  const source = "packages/dagster-typescript/";
  const expected = sourceFiles(".py")
    .filter((file) => file.startsWith(source))
    .map((file) => file.slice(source.length));
  expect(modules.sort()).toEqual([...expected].sort());
  expect(modules).toContain("dagster_typescript/worker/__main__.py");
});
