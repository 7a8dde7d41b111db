import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type LoadEnvironment,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  withLoadEnvironment,
} from "../../src/index.ts";

interface Stored {
  readonly folder: string;
  readonly state: string;
  /** Loads, and returns the notes. */
  readonly load: (
    refresh: LoadEnvironment["refresh"],
    options?: LoadSigmaAssetSpecsOptions,
  ) => Promise<readonly string[]>;
}

/** An organization whose state is stored in a new folder. */
async function store(): Promise<Stored> {
  let nowMs = Date.now();
  // The sandbox issues one token per second; this clock does not make the loads wait.
  const clock = { now: () => (nowMs += 1_000), sleep: () => Promise.resolve() };
  const sandbox = await startSandbox({
    organization: generateOrganization({ workbooks: 4, seed: 2 }),
    clock,
    tokenLifetimeMs: Number.MAX_SAFE_INTEGER / 2,
  });
  onTestFinished(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-stored-"));
  const load: Stored["load"] = async (refresh, options = {}) => {
    const sigma = new SigmaOrganization(sandbox);
    const all = { stateDir: folder, stateKey: "stored", fetchColumnData: false, ...options };
    await withLoadEnvironment({ refresh }, () => loadSigmaAssetSpecs(sigma, all));
    return sigma.loadReports[0]?.notes ?? [];
  };
  await load("changes");
  const state = join(folder, readdirSync(folder).find((name) => name.endsWith(".ndjson")) ?? "");
  return { folder, state, load };
}

const specialFiles: readonly [string, (path: string) => void][] = [
  ["a symbolic link", (path) => symlinkSync("target", path)],
  ["a pipe", (path) => void execFileSync("mkfifo", [path])],
  ["a folder", (path) => mkdirSync(path)],
];

describe("a stored file", () => {
  it.each(specialFiles)("of the journal is refused if it is %s", async (_what, create) => {
    const { folder, state, load } = await store();
    const before = readFileSync(state);
    writeFileSync(join(folder, "target"), "precious");
    create(`${state}.journal`);
    for (const refresh of ["changes", "full"] as const)
      await expect(load(refresh)).rejects.toMatchObject({
        code: "STORED_FILE_UNSAFE",
        message: expect.stringContaining(`${state}.journal is `),
      });
    expect(readFileSync(join(folder, "target"), "utf8")).toBe("precious");
    expect(readFileSync(state)).toEqual(before);
    expect(existsSync(`${state}.lock`)).toBe(false);
  });

  it.each(specialFiles)("of the state is not written if it is %s", async (what, create) => {
    const { folder, state, load } = await store();
    const target = join(folder, "target");
    renameSync(state, target);
    const before = readFileSync(target);
    create(state);
    for (const refresh of ["changes", "full"] as const)
      await expect(load(refresh)).rejects.toMatchObject({ code: "STORED_FILE_UNSAFE" });
    if (what === "a symbolic link") expect(await load("no")).toEqual([]);
    else await expect(load("no")).rejects.toMatchObject({ code: "STORED_FILE_UNSAFE" });
    expect(readFileSync(target)).toEqual(before);
  });

  it("of another user causes a note", async () => {
    const { state, load } = await store();
    vi.spyOn(process, "geteuid").mockReturnValue(12_345);
    const note = expect.stringMatching(
      `^${state} belongs to the user \\d+, not to the current user 12345\\.$`,
    );
    expect(await load("no")).toEqual([note]);
    expect(await load("changes")).toEqual([note]);
  });
});

describe("a refresh", () => {
  it("whose lock was taken over stops, and writes neither the state nor the journal", async () => {
    const { folder, state, load } = await store();
    const before = readFileSync(state);
    const others = JSON.stringify({ pid: 7, host: "elsewhere", startedAt: "2026-01-01T00:00:00.000Z" });
    const onProgress = (): void => writeFileSync(`${state}.lock`, others);
    await expect(load("full", { onProgress })).rejects.toMatchObject({
      code: "STATE_LOCK_LOST",
      message: expect.stringContaining("process 7 on elsewhere"),
    });
    expect(readFileSync(state)).toEqual(before);
    expect(readFileSync(`${state}.lock`, "utf8")).toBe(others);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("whose folder vanishes fails, and does not create the folder again", async () => {
    const { folder, load } = await store();
    const onProgress = (): void => rmSync(folder, { recursive: true, force: true });
    await expect(load("full", { onProgress })).rejects.toMatchObject({
      code: expect.stringMatching(/^(STATE|SNAPSHOT)_NOT_WRITABLE$/),
      message: expect.stringContaining("ENOENT"),
    });
    expect(existsSync(folder)).toBe(false);
  });

  // Permissions do not apply to root.
  it.runIf(process.geteuid?.() !== 0)("in a read-only folder fails, and loads continue", async () => {
    const { folder, state, load } = await store();
    const before = readFileSync(state);
    chmodSync(folder, 0o500);
    onTestFinished(() => chmodSync(folder, 0o700));
    await expect(load("changes")).rejects.toMatchObject({ code: "STATE_NOT_WRITABLE" });
    expect(await load("no")).toEqual([]);
    expect(readFileSync(state)).toEqual(before);
  });
});
