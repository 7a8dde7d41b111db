import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dagsterPython, needsPython } from "./reference.ts";

const root = join(import.meta.dirname, "..", "..");
const generated = join(root, "packages", "code-location", "src", "protocol", "dagster_api_pb.ts");

function check(file: string): { readonly status: number | null; readonly stderr: string } {
  const script = join(root, "scripts", "generate-proto.mjs");
  return spawnSync(process.execPath, [script, "--check", file], { encoding: "utf8" });
}

describe.skipIf((await dagsterPython()) === null)(`${needsPython} the generated protocol`, () => {
  it("is that of the pinned dagster wheel, and a difference is an error", () => {
    expect(check(generated)).toMatchObject({ status: 0, stderr: "" });
    const other = join(mkdtempSync(join(tmpdir(), "dagster-sigma-proto-")), "dagster_api_pb.ts");
    writeFileSync(other, readFileSync(generated, "utf8").replaceAll("serverId", "serverName"));
    expect(check(other)).toMatchObject({ status: 1, stderr: expect.stringContaining("generate-proto") });
  }, 600_000);
});
