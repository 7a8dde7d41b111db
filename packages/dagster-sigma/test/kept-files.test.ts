import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runCommand } from "./run-command.ts";
import { startSandboxEnvironment } from "./sandbox-environment.ts";

it("the command stores files that only their owner can read, in folders that only the owner can enter", async () => {
  const { env } = await startSandboxEnvironment();
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-kept-"));
  const where = { cwd: folder, env: { ...env, DAGSTER_SIGMA_STATE_DIR: "" } };
  const commands = [["refresh"], ["snapshot", "-o", "made/sigma.ndjson"]];
  const results = await Promise.all(commands.map((args) => runCommand(args, where)));
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  const modes = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => {
    const stats = statSync(join(folder, name));
    return `${name.replace(/[\w.-]+\.(ndjson|graph)$/, "*.$1")} ${(stats.mode & 0o777).toString(8)}`;
  });
  expect(modes.sort()).toEqual([
    ".dagster-sigma 700",
    ".dagster-sigma/state 700",
    ".dagster-sigma/state/*.graph 600",
    ".dagster-sigma/state/*.ndjson 600",
    "made 700",
    "made/*.ndjson 600",
  ]);
});
