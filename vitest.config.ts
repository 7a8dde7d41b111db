import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Packages run from their TypeScript sources: no build stands between a change and its test. */
const conditions = ["@dagster-sigma/source", "node", "import", "module", "default"];

const typescriptInThreads = new URL("./scripts/typescript/register-in-threads.mjs", import.meta.url).href;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "conformance/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    // Real servers and processes are slow on a busy machine.
    testTimeout: 20_000,
    // Many tests wait for servers and other processes: on a machine with two cores, two workers leave them idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    restoreMocks: true,
    globalSetup: ["./scripts/temporary-folder.mjs"],
    // Worker threads inherit these options, and so run the TypeScript sources, too.
    execArgv: ["--import", typescriptInThreads, `--conditions=${conditions[0]}`],
    reporters: [
      "default",
      "./scripts/skipped-components-reporter.mjs",
      "./scripts/slowest-files-reporter.mjs",
    ],
  },
});
