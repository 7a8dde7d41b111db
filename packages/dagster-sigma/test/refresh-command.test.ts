import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "./recording-terminal.ts";
import { bin, failureIn, runCommand, runShell } from "./run-command.ts";
import { startKeeping, startSandboxEnvironment, variablesOf } from "./sandbox-environment.ts";

type Mutable<Thing> = { -readonly [Field in keyof Thing]: Thing[Field] };

describe("the saved state", () => {
  it("is written by the first load, and later loads send no requests", async () => {
    const { sandbox, env, stateFile } = await startKeeping();
    const first = await runCommand(["assets", "--json"], { env });
    // A slow machine prints the progress.
    expect(first.err.replaceAll(/^info fetch.*\n/gm, "")).toBe("");
    expect(statSync(stateFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(stateFile(), "utf8")).not.toContain(sandbox.clientSecret);
    sandbox.log.clear();
    const second = await runCommand(["assets", "--json"], { env });
    expect(sandbox.log.requests).toEqual([]);
    // The age is part of the JSON.
    expect(second.err).toBe("");
    const text = await runCommand(["assets"], { env });
    expect(text.err).toMatch(/^As of less than a minute ago; `dagster-sigma refresh` updates it\.\n$/);
    const [before, after] = [first, second].map(({ out }) => JSON.parse(out) as Record<string, unknown>);
    expect(after?.["assets"]).toEqual(before?.["assets"]);
    expect(after?.["summary"]).toMatchObject({ requests: 0, stateFetchedAt: expect.stringMatching(/^20/) });
  });

  it("is a separate file for other options, and for another organization on the same host", async () => {
    const { env, folder } = await startKeeping();
    await runCommand(["assets", "--json"], { env });
    const other = await runCommand(["assets", "--json", "--folder", "Sales"], { env });
    const { summary } = JSON.parse(other.out) as { readonly summary: { readonly notes: readonly string[] } };
    expect(summary.notes).toEqual([
      expect.stringMatching(
        /ndjson was created with other options; everything was fetched again for the current ones\.$/,
      ),
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".ndjson"))).toHaveLength(2);
  });

  it("is reused with new credentials of the same organization", async () => {
    const { sandbox, env, folder } = await startKeeping();
    await runCommand(["refresh"], { env });
    const port = Number(new URL(sandbox.baseUrl).port);
    await sandbox.close();
    const renewed = await startSandboxEnvironment({ port, clientId: "another" });
    const { code, out } = await runCommand(["refresh", "--json"], {
      env: { ...renewed.env, DAGSTER_SIGMA_STATE_DIR: folder },
    });
    expect([code, JSON.parse(out).requests < 20]).toEqual([0, true]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".ndjson"))).toHaveLength(2);
  });

  it("is fetched with one JSON log line per request with --log-format json", async () => {
    const { env } = await startKeeping();
    const { err } = await runCommand(["refresh", "--verbose", "--log-format", "json"], { env });
    const lines = err
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.at(-1)).toMatchObject({ level: "debug", message: "call", endpoint: expect.any(String) });
  });

  it("is continued after a refresh that exceeded its time budget", async () => {
    const { sandbox, env } = await startKeeping({ delayMs: 250 });
    const short = await runCommand(["refresh", "--json", "--time-budget", "2.5"], { env });
    expect(short.code).toBe(1);
    expect(failureIn(short.err)).toMatchObject({
      code: "TIME_BUDGET_SPENT",
      message: expect.stringMatching(
        /^The organization was not fetched within 2\.5 s: it was at \d+ of \d+ /,
      ),
      hint: expect.stringContaining("the next refresh continues"),
    });
    const route = "GET /v2/workbooks/{workbookId}/lineage";
    const before = sandbox.log.counts[route] ?? 0;
    expect(before).toBeGreaterThan(0);
    expect((await runCommand(["refresh"], { env })).code).toBe(0);
    const { workbooks } = sandbox.organization;
    expect((sandbox.log.counts[route] ?? 0) - before).toBeLessThan(
      workbooks.filter(({ isArchived }) => !isArchived).length,
    );
  });

  it("is refreshed with few requests, and the differences are printed", async () => {
    const { sandbox, env } = await startKeeping();
    const full = JSON.parse((await runCommand(["refresh", "--json"], { env })).out) as { requests: number };
    const workbook = sandbox.organization.workbooks.find(({ name }) => name === "Revenue Overview");
    if (workbook === undefined) throw new Error("The sample company has it.");
    const changed = workbook as Mutable<typeof workbook>;
    changed.name = "Revenue, renamed";
    changed.version++;
    changed.updatedAt = "2027-01-01T00:00:00.000Z";
    sandbox.organizationChanged();
    const { code, out } = await runCommand(["refresh", "--diff"], { env });
    expect(code).toBe(0);
    expect(out).toContain(
      "~ Revenue, renamed (Revenue_renamed)\n    renamed from Revenue Overview\n    key was Revenue_Overview\n",
    );
    expect(out).toContain("0 added, 0 removed, 1 changed");
    const again = JSON.parse((await runCommand(["refresh", "--json"], { env })).out) as { requests: number };
    expect(again.requests).toBeLessThan(full.requests / 8);
    const { out: shown } = await runCommand(["show", "Revenue, renamed"], { env });
    expect(shown).toContain("Upstream");
  });

  it("is unchanged if a listing fails, or if another organization answers", async () => {
    const { sandbox, env, stateFile } = await startKeeping();
    await runCommand(["refresh"], { env });
    const before = readFileSync(stateFile(), "utf8");
    sandbox.faults.add({
      route: "/v2/dataModels",
      fault: { kind: "status", status: 403, code: "forbidden" },
    });
    expect((await runCommand(["refresh"], { env })).code).toBe(1);
    sandbox.faults.clear();
    (sandbox.organization as Mutable<typeof sandbox.organization>).id = "another-organization";
    sandbox.organizationChanged();
    const other = await runCommand(["refresh", "--json"], { env });
    expect(failureIn(other.err)).toMatchObject({ code: "STATE_OF_OTHER_ORGANIZATION" });
    expect(readFileSync(stateFile(), "utf8")).toBe(before);
  });

  it("cannot be saved if its folder is a file", async () => {
    const { env } = await startSandboxEnvironment();
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
    const file = join(folder, "file");
    mkdirSync(join(folder, "other"));
    writeFileSync(file, "");
    const { code, err } = await runCommand(["refresh", "--json"], {
      env: { ...env, DAGSTER_SIGMA_STATE_DIR: join(file, "state") },
    });
    expect([code, failureIn(err)]).toMatchObject([1, { code: "STATE_NOT_WRITABLE" }]);
  });
});

describe("a saved state of an unchanged organization", () => {
  const saved = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ organization: buildSampleCompany() });
    await runCommand(["refresh"], { env: { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: saved } });
  });
  afterAll(() => sandbox.close());

  /** A copy of the state, for one test. */
  const copy = (): {
    readonly env: Readonly<Record<string, string>>;
    readonly folder: string;
    readonly stateFile: string;
  } => {
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-state-"));
    cpSync(saved, folder, { recursive: true });
    const name = readdirSync(folder).find((each) => each.endsWith(".ndjson")) ?? "";
    const env = { ...variablesOf(sandbox), DAGSTER_SIGMA_STATE_DIR: folder };
    return { env, folder, stateFile: join(folder, name) };
  };

  it.skipIf(process.platform === "win32")("is unchanged if the disk is full", async () => {
    const { env, folder, stateFile } = copy();
    const before = readFileSync(stateFile);
    // No file may exceed 8 KiB, which fails like a full disk.
    const command = `trap "" XFSZ; ulimit -f 8; exec "${process.execPath}" "${bin}" refresh --full --json`;
    const { code, err } = await runShell(command, env);
    expect([code, failureIn(err)]).toMatchObject([1, { code: "SNAPSHOT_NOT_WRITABLE" }]);
    expect(readFileSync(stateFile)).toEqual(before);
    const left = readdirSync(folder).filter((name) => !/\.(ndjson|graph)$/.test(name));
    expect(left).toEqual([expect.stringMatching(/\.journal$/)]);
    // The journal has the documents that fit, as complete lines.
    expect(readFileSync(join(folder, left[0] ?? ""), "utf8")).toMatch(/^(\{.*,"checksum":"\w{8}"\}\n)*$/);
  });

  it.each([
    ["cut in half", (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ["empty", (file: string) => truncateSync(file, 0)],
    ["no text", (file: string) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0, 1, 2, 3]))],
    ["of a newer format", (file: string) => writeFileSync(file, '{"type":"header","formatVersion":99}\n')],
  ])("is reported and left unchanged if it is %s", async (_what, damage) => {
    const { env, stateFile } = copy();
    damage(stateFile);
    const damaged = readFileSync(stateFile);
    for (const command of ["assets", "refresh"]) {
      const { code, err } = await runCommand([command, "--json"], { env });
      expect(code).toBe(1);
      expect(failureIn(err)).toMatchObject({
        code: expect.stringMatching(/^SNAPSHOT_(BROKEN|TOO_NEW)$/),
        message: expect.stringContaining(`The state ${stateFile} `),
        hint: expect.stringContaining("`dagster-sigma refresh --full`"),
      });
    }
    expect(readFileSync(stateFile).equals(damaged)).toBe(true);
  });

  it("is replaced by a full refresh if it is damaged, and a damaged journal is thrown away with a note", async () => {
    const { env, stateFile } = copy();
    truncateSync(stateFile, 1_000);
    const { code, err } = await runCommand(["refresh", "--full", "--diff"], { env });
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(
        /^The saved state cannot be read, so that no changes can be printed \(The state .*\)\.$/m,
      ),
    ]);
    writeFileSync(`${stateFile}.journal`, '{"type":"marks","item":[["a", 7]]}\n');
    const again = await runCommand(["refresh"], { env });
    expect([again.code, again.err]).toEqual([
      0,
      expect.stringMatching(/\.journal.* was thrown away \(line 1 is damaged\)/),
    ]);
    const left = readdirSync(join(stateFile, "..")).filter((name) => !/\.(ndjson|graph)$/.test(name));
    expect(left).toEqual([]);
  });

  it("is written by one process at a time; the lock of a dead process is taken over", async () => {
    const { env, stateFile } = copy();
    const holder = { host: hostname(), startedAt: "2026-01-01T00:00:00.000Z" };
    writeFileSync(`${stateFile}.lock`, JSON.stringify({ ...holder, pid: process.pid }));
    const { code, err } = await runCommand(["refresh", "--json"], { env });
    expect([code, failureIn(err)]).toMatchObject([1, { code: "STATE_LOCKED" }]);
    expect(err).toContain(String(process.pid));
    const longAgo = new Date(Date.now() - 31_000);
    utimesSync(`${stateFile}.lock`, longAgo, longAgo);
    expect((await runCommand(["refresh"], { env })).code).toBe(0);
  });

  it("is not blocked by a process that died before it wrote its id to the lock", async () => {
    const { env, stateFile } = copy();
    writeFileSync(`${stateFile}.lock`, "");
    expect((await runCommand(["refresh"], { env })).code).toBe(0);
    // A process that is about to write its id is waited for.
    writeFileSync(`${stateFile}.lock`, "");
    const refreshing = runCommand(["refresh", "--json"], { env });
    const holder = { host: hostname(), startedAt: "2026-01-01T00:00:00.000Z", pid: process.pid };
    const writing = setInterval(() => writeFileSync(`${stateFile}.lock`, JSON.stringify(holder)), 700);
    const { code, err } = await refreshing;
    clearInterval(writing);
    rmSync(`${stateFile}.lock`);
    expect([code, failureIn(err)]).toMatchObject([1, { code: "STATE_LOCKED" }]);
  });
});

describe("dagster-sigma diff", () => {
  it("prints the differences between two snapshots, as text and as JSON", async () => {
    const { sandbox, env, folder } = await startKeeping();
    const [old, now] = [join(folder, "old.snapshot"), join(folder, "new.snapshot")];
    await runCommand(["snapshot", "-o", old], { env });
    const { workbooks } = sandbox.organization;
    const gone = workbooks.findIndex(({ name }) => name === "Orders Explorer");
    (workbooks as unknown[]).splice(gone, 1);
    sandbox.organizationChanged();
    await runCommand(["snapshot", "-o", now], { env });
    const { out } = await runCommand(["diff", old, now]);
    expect(out).toBe("- Orders Explorer (Orders_Explorer)\n0 added, 1 removed, 0 changed\n");
    expect(JSON.parse((await runCommand(["diff", now, old, "--json"])).out)).toMatchObject({
      version: 1,
      added: [{ key: ["Orders_Explorer"], name: "Orders Explorer" }],
      removed: [],
      changed: [],
    });
    expect((await runCommand(["diff", old, old, "--exit-code"])).code).toBe(0);
    expect((await runCommand(["diff", old, now, "--exit-code"])).code).toBe(3);
    expect((await runCommand(["diff", old, now, "-o", "csv"])).out).toMatch(
      /\nremoved,Orders Explorer,Orders_Explorer,,,\n$/,
    );
    expect((await runCommand(["diff", old, now, "-o", "markdown"])).out).toContain(
      "- **Orders Explorer** removed",
    );
    expect((await runCommand(["diff", old, old])).out).toBe("No differences.\n");
  });

  it("says what the difference breaks in the formats of services for code, as impact --from --to does", async () => {
    const { sandbox, env, folder } = await startKeeping();
    const files = [join(folder, "old.snapshot"), join(folder, "new.snapshot")] as const;
    const [old, now] = files;
    await runCommand(["snapshot", "-o", old], { env });
    // A data model that workbooks read disappears, and they still say that they read it.
    const { dataModels } = sandbox.organization;
    const gone = dataModels.findIndex(({ name }) => name === "Customers");
    expect(gone).toBeGreaterThanOrEqual(0);
    (dataModels as unknown[]).splice(gone, 1);
    sandbox.organizationChanged();
    await runCommand(["snapshot", "-o", now], { env });
    const both = ["--from", old, "--to", now];
    const github = await runHere(["diff", old, now, "--workbook-columns", "-o", "github"]);
    expect(github.out).toMatch(/^::error title=Customers%3A removed%3A \d+ assets affected::- /m);
    expect(await runHere(["impact", ...both, "-o", "github"])).toEqual(github);
    expect((await runHere(["impact", ...both, "--fail-on", "workbooks"])).code).toBe(3);
    expect((await runHere(["impact", "--from", now, "--to", now, "--fail-on", "anything"])).code).toBe(0);
    const sarif = JSON.parse((await runHere(["impact", ...both, "-o", "sarif"])).out);
    expect(sarif.runs[0].results[0].ruleId).toBe("asset-removed");
    expect(JSON.parse((await runHere(["diff", old, now, "-o", "gitlab"])).out)).toHaveLength(1);
    const mixed = await runHere(["impact", "--from", old, "--to", join(folder, "manifest.json")]);
    expect([mixed.code, mixed.err]).toEqual([2, expect.stringContaining("is a state of Sigma, and")]);
  });
});
