import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { bin, runCommand } from "./run-command.ts";
import { startKeeping } from "./sandbox-environment.ts";

describe("a refresh that is killed", () => {
  it("leaves the old state or a new one, and its fetched data is not fetched again", async () => {
    const organization = generateOrganization({ workbooks: 60, seed: 12 });
    const { sandbox, folder, env } = await startKeeping({ organization, delayMs: 15 });
    const lineageCalls = (): number => sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage"] ?? 0;
    const states = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith(".ndjson"));

    const killed = spawn(process.execPath, [bin, "refresh"], {
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
    await until(killed, () => lineageCalls() >= 40);
    killed.kill("SIGKILL");
    await ended(killed);
    expect(states()).toEqual([]);
    const [journal] = readdirSync(folder).filter((name) => name.endsWith(".journal"));
    expect(journal).toBeDefined();

    const before = lineageCalls();
    expect((await runCommand(["refresh"], { env })).code).toBe(0);
    const workbooks = organization.workbooks.filter(({ isArchived }) => !isArchived).length;
    expect(lineageCalls() - before).toBeLessThan(workbooks - 15);
    expect(readdirSync(folder).filter((name) => !name.endsWith(".graph"))).toEqual(states());

    const fresh = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
    expect((await runCommand(["refresh"], { env: { ...env, DAGSTER_SIGMA_STATE_DIR: fresh } })).code).toBe(0);
    const essence = (inFolder: string): string =>
      readFileSync(join(inFolder, states()[0] ?? ""), "utf8").replace(
        /"fetchedAt":"[^"]*"|,"checksum":"[^"]*"|\[request [^\]]*\]/g,
        "",
      );
    expect(essence(folder)).toBe(essence(fresh));
  }, 60_000);

  it("by Ctrl-C ends within a second, and prints how to continue", async () => {
    const tookMs: number[] = [];
    // Other load on the machine counts too, so the best of three runs must be fast enough.
    while (tookMs.length < 3 && !tookMs.some((ms) => ms < 1_000)) {
      const organization = generateOrganization({ workbooks: 60, seed: 14 });
      const { sandbox, env } = await startKeeping({ organization, delayMs: 30 });
      const child = spawn(process.execPath, [bin, "refresh"], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let err = "";
      child.stderr?.on("data", (data) => {
        err += data;
      });
      await until(child, () => sandbox.log.requests.length >= 60);
      const startedMs = performance.now();
      child.kill("SIGINT");
      await ended(child);
      tookMs.push(performance.now() - startedMs);
      expect(child.exitCode).toBe(130);
      expect(err).toContain("to continue");
    }
    expect(Math.min(...tookMs)).toBeLessThan(1_000);
  }, 30_000);
});

async function until(child: ChildProcess, isReached: () => boolean): Promise<void> {
  while (!isReached()) {
    if (child.exitCode !== null) throw new Error("The refresh ended before it could be killed.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("close", resolve));
}
