import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand, startCommand } from "./run-command.ts";

describe("dagster-sigma sandbox --workbooks", () => {
  it("serves a generated organization, which loads completely, and writes its expected lineage", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
    const truth = join(folder, "truth.ndjson");
    const sandbox = startCommand([
      "sandbox",
      "--json",
      "--workbooks",
      "25",
      "--seed",
      "abc",
      "--truth",
      truth,
    ]);
    onTestFinished(async () => void (await sandbox.stop()));
    const { baseUrl, clientId, clientSecret } = JSON.parse(await sandbox.outWith("\n"));
    const env = {
      SIGMA_BASE_URL: baseUrl,
      SIGMA_CLIENT_ID: clientId,
      SIGMA_CLIENT_SECRET: clientSecret,
    };
    const { code, out } = await runCommand(["assets", "--json"], { env });
    expect(code).toBe(0);
    const lines = (await readFile(truth, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const workbooks = lines.filter(
      ({ kind, type, isArchived }) => kind === "object" && type === "workbook" && !isArchived,
    );
    const loaded = JSON.parse(out).assets.filter(({ kinds }: { kinds: string[] }) =>
      kinds.includes("workbook"),
    );
    expect(loaded.length).toBe(workbooks.length);
    expect(lines.some(({ kind }) => kind === "columnEdge")).toBe(true);
  });

  it.each([
    [["--seed", "3"], "--workbooks"],
    [["--workbooks", "few"], "must be an integer"],
    [["--workbooks", "5", "--profile", "odd"], "full, legacy"],
    [["--workbooks", "5", "--truth", "/nowhere/truth.ndjson"], "/nowhere/truth.ndjson"],
  ])("rejects %j", async (args, told) => {
    const { code, out, err } = await runCommand(["sandbox", ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(told);
  });
});
