import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { generateOrganization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { expect, it, onTestFinished } from "vitest";
import { writeSnapshot } from "../../../src/fetch/store/snapshot-file.ts";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../../src/index.ts";
import { buildState } from "../../build-state.ts";

/** Modes of the files and folders below a folder, by file extension, or `folder` for folders. */
function addModes(folder: string, modes: Map<string, Set<string>>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const kind = entry.isDirectory() ? "folder" : extname(entry.name);
    const mode = (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
    if (mode !== 0) modes.set(kind, (modes.get(kind) ?? new Set()).add(mode.toString(8)));
    if (entry.isDirectory()) addModes(path, modes);
  }
}

it("all files and folders stored by loads are accessible only to their owner, for any umask", async () => {
  const sandbox = await startSandbox({
    organization: generateOrganization({ workbooks: 3, seed: 3 }),
    delayMs: 4,
  });
  onTestFinished(() => sandbox.close());
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-modes-"));
  const modes = new Map<string, Set<string>>();
  const look = setInterval(() => addModes(folder, modes), 5);
  onTestFinished(() => clearInterval(look));
  const sigma = new SigmaOrganization(sandbox);
  await loadSigmaAssetSpecs(sigma, { stateDir: join(folder, "outer", "state") });
  await writeSnapshot(join(folder, "snapshots", "sigma.ndjson"), buildState({}));
  addModes(folder, modes);
  const { folder: folders, ...files } = Object.fromEntries(
    [...modes].map(([kind, seen]) => [kind, [...seen]]),
  );
  expect(folders).toEqual(["700"]);
  // The state, the lock and the journal of a refresh, and the data derived from the state.
  expect(files).toMatchObject({
    ".ndjson": ["600"],
    ".lock": ["600"],
    ".journal": ["600"],
    ".graph": ["600"],
  });
  expect(new Set(Object.values(files).flat())).toEqual(new Set(["600"]));
});
