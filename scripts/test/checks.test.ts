import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloneHere } from "./clone-here.ts";

function check(clone: string, script: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [join("scripts", script)], { cwd: clone, encoding: "utf8" });
}

/** Adds a line of code to a file of the clone. */
function spoil(clone: string, file: string, line: string): void {
  const path = join(clone, "packages", file);
  writeFileSync(path, `${line}\n${readFileSync(path, "utf8")}`);
}

describe("check-boundaries", () => {
  it("finds nothing as things stand, and each kind of trespass", () => {
    const clone = cloneHere();
    expect(check(clone, "check-boundaries.mjs")).toMatchObject({ status: 0, stderr: "" });
    spoil(
      clone,
      "asset-graph/src/definitions.ts",
      'import { SigmaClient } from "@dagster-sigma/sigma-client";',
    );
    spoil(clone, "asset-graph/src/asset-key.ts", 'import { readFileSync } from "node:fs";');
    spoil(clone, "asset-graph/src/clean-name.ts", "const now = Date.now();");
    spoil(
      clone,
      "sigma-assets/src/lineage/break-cycles.ts",
      'import { mapBounded } from "../fetch/map-bounded.ts";',
    );
    spoil(
      clone,
      "sigma-assets/src/lineage/sql-tables.ts",
      'import { SqlColumnReader } from "@dagster-sigma/sql-lineage";',
    );
    spoil(
      clone,
      "sql-lineage/src/columns/column-scope.ts",
      'import { SqlColumnReader } from "../parser/sql-column-reader.ts";',
    );
    spoil(clone, "sigma-assets/src/translate/storage-kind.ts", "const later = async () => 1;");
    spoil(
      clone,
      "sigma-client/src/listing.ts",
      'import { x } from "@dagster-sigma/foundation/src/clock.ts";',
    );
    spoil(clone, "sigma-sandbox/src/index.ts", 'import { y } from "../../sigma-client/src/index.ts";');
    const { status, stderr } = check(clone, "check-boundaries.mjs");
    expect(status).toBe(1);
    for (const problem of [
      /definitions\.ts imports @dagster-sigma\/sigma-client, which its package\.json does not declare/,
      /definitions\.ts: asset-graph may not import sigma-client/,
      /asset-key\.ts is pure and uses a module of Node/,
      /clean-name\.ts is pure and uses clock or chance/,
      /break-cycles\.ts is pure and imports .*map-bounded\.ts, which is not/,
      /sql-tables\.ts is pure and uses the SQL parser's thread/,
      /column-scope\.ts is pure and imports .*sql-column-reader\.ts, which is not/,
      /storage-kind\.ts is pure and uses asynchronous code/,
      /listing\.ts imports @dagster-sigma\/foundation\/src\/clock\.ts: only the entries that a package exports are public/,
      /sigma-sandbox\/src\/index\.ts reaches out of its package/,
    ]) {
      expect(stderr).toMatch(problem);
    }
  });
});

describe("check-file-sizes", () => {
  it("finds a file that grew too long", () => {
    const clone = cloneHere();
    appendFileSync(join(clone, "packages/foundation/src/clock.ts"), "\n".repeat(400));
    expect(check(clone, "check-file-sizes.mjs")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/foundation\/src\/clock\.ts has \d+ lines/),
    });
  });
});
