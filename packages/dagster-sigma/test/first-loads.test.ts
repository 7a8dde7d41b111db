import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { generateOrganization, type Sandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { bin, runCommand } from "./run-command.ts";
import { startKeeping } from "./sandbox-environment.ts";

const args = ["assets", "--json"];
const organization = generateOrganization({ workbooks: 20, seed: 12 });

const lineageCalls = (sandbox: Sandbox): number =>
  sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage"] ?? 0;

/** A process that has begun to fetch. */
async function startFetching(sandbox: Sandbox, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env }, stdio: "ignore" });
  while (lineageCalls(sandbox) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  return child;
}

describe("a first load, while another process fetches for the first time", () => {
  it("waits for it, and reads its state", async () => {
    const { sandbox, env } = await startKeeping({ organization, delayMs: 50 });
    const first = await startFetching(sandbox, env);
    const { code, out, err } = await runCommand(args, { env });
    expect([code, err]).toEqual([0, expect.not.stringContaining("STATE_LOCKED")]);
    if (first.exitCode === null) await once(first, "exit");
    expect(first.exitCode).toBe(0);
    const { assets, summary } = JSON.parse(out);
    expect(summary.requests).toBe(0);
    expect(assets).toEqual(JSON.parse((await runCommand(args, { env })).out).assets);
    const listed = organization.workbooks.filter(({ isArchived }) => !isArchived).length;
    expect(lineageCalls(sandbox)).toBe(listed);
  });

  it("fetches what is missing if the other process is killed", async () => {
    const { sandbox, env } = await startKeeping({ organization, delayMs: 50 });
    const first = await startFetching(sandbox, env);
    const second = runCommand(args, { env });
    setTimeout(() => first.kill("SIGKILL"), 300);
    expect((await second).code).toBe(0);
  });
});
