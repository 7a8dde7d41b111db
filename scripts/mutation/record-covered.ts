import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";

/** Where each test file writes the mutants that it ran in its own process; not set while a mutant is active. */
const folder = process.env["MUTATION_COVERED"];
const started = performance.now();

if (folder !== undefined) {
  afterAll(() => {
    const { __stryker__ } = globalThis as { __stryker__?: { mutantCoverage?: { static: object } } };
    const mutants = Object.keys(__stryker__?.mutantCoverage?.static ?? {});
    const record = { file: expect.getState().testPath, mutants, ms: performance.now() - started };
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(record));
  });
}
