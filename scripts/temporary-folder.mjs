// Gives all tests of a run one folder for temporary files, which is removed at the end: tests that fail or are killed leave nothing behind.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Vitest's global setup. Test processes inherit the environment. */
export default function useTemporaryFolder() {
  // A short name: paths of Unix sockets have at most 107 characters.
  const folder = mkdtempSync(join(tmpdir(), "ds-"));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  return () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  };
}
