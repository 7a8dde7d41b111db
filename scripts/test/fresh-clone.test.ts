import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloneHere, root } from "./clone-here.ts";

function run(
  clone: string,
  command: string,
  ...args: readonly string[]
): { status: number | null; stdout: string; stderr: string } {
  const { NODE_ENV: _, ...env } = process.env;
  return spawnSync(command, args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...env, npm_config_prefer_offline: "true" },
  });
}

const changes = (clone: string): string =>
  execFileSync("git", ["status", "--porcelain"], { cwd: clone, encoding: "utf8" });

describe("a fresh clone", { timeout: 300_000 }, () => {
  it("runs `npm start` without manual installation, is fast the second time, and stays clean", () => {
    const clone = cloneHere();
    const first = run(clone, "npm", "start", "--silent");
    expect(first.stderr).not.toMatch(/error/i);
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining("36 workbooks") });
    const second = run(clone, "npm", "start", "--silent");
    expect(second).toMatchObject({ status: 0, stderr: "" });
    expect(changes(clone)).toBe("");
  });

  it("works after `npm install`, and says what is missing after `npm ci --ignore-scripts`", () => {
    const clone = cloneHere();
    expect(statSync(join(clone, "packages/dagster-sigma/bin/dagster-sigma.js")).mode & 0o111).toBe(0o111);
    expect(run(clone, "npm", "ci", "--ignore-scripts").status).toBe(0);
    const unbuilt = run(clone, "npx", "dagster-sigma", "demo");
    expect(unbuilt).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("npm run build"),
    });
    expect(run(clone, "npm", "install").status).toBe(0);
    const built = run(clone, "npx", "dagster-sigma", "demo");
    expect(built).toMatchObject({ status: 0, stdout: expect.stringContaining("36 workbooks") });
    expect(changes(clone)).toBe("");
  });

  it("names the required version on an old Node, in one sentence", () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'16.20.0'})";
    const { status, stdout, stderr } = run(root, process.execPath, "--import", pretend, "scripts/setup.mjs");
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "dagster-sigma needs Node 20.19 or newer; this is Node 16.20.0.\n",
    });
  });
});
