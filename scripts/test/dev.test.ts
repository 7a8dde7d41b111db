import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { root } from "./clone-here.ts";

/** All descendant processes. */
function descendants(pid: number): readonly number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, , , parent] =
          /^(\d+) \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
        return [{ pid: Number(name), parent: Number(parent) }];
      } catch {
        return [];
      }
    });
  const found = [pid];
  for (const known of found)
    found.push(...parents.filter(({ parent }) => parent === known).map((one) => one.pid));
  return found.slice(1);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

it.skipIf(process.platform !== "linux")(
  "`npm run dev` starts the command again after a build, and ends everything on Ctrl-C",
  { timeout: 120_000 },
  async () => {
    const { SIGMA_BASE_URL: _, ...env } = process.env;
    const dev = spawn(process.execPath, ["scripts/dev.mjs", "serve", "--port", "0"], { cwd: root, env });
    onTestFinished(() => {
      dev.kill("SIGINT");
    });
    let output = "";
    for (const stream of [dev.stdout, dev.stderr])
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    const wait = { timeout: 50_000, interval: 100 };
    await vi.waitFor(() => expect(output).toMatch(/A code location for Dagster at/), wait);
    output = "";
    const built = join(root, "packages", "foundation", "dist", ".tsbuildinfo");
    const record = readFileSync(built, "utf8");
    onTestFinished(() => writeFileSync(built, record));
    writeFileSync(built, `${record}\n`);
    await vi.waitFor(
      () => expect(output).toMatch(/foundation changed[\s\S]*A code location for Dagster at/),
      wait,
    );
    const started = descendants(dev.pid ?? 0);
    expect(started.length).toBeGreaterThan(3);
    dev.kill("SIGINT");
    await once(dev, "exit");
    expect(started.filter(isRunning)).toEqual([]);
  },
);
