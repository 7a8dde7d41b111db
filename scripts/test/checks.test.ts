import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloneHere } from "./clone-here.ts";

function check(clone: string, script: string): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, [join("scripts", script)], { cwd: clone, encoding: "utf8" });
}

describe("check-file-sizes", () => {
  it("reports a file that is too long", () => {
    const clone = cloneHere();
    appendFileSync(join(clone, "packages/foundation/src/clock.ts"), "\n".repeat(400));
    expect(check(clone, "check-file-sizes.mjs")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/foundation\/src\/clock\.ts has \d+ lines/),
    });
  });
});
