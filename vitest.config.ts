import { availableParallelism } from "node:os";
import { defineConfig, mergeConfig } from "vitest/config";

/** Packages run from their TypeScript sources: no build stands between a change and its test. */
const conditions = ["@dagster-sigma/source", "node", "import", "module", "default"];

const typescriptInThreads = new URL("./scripts/typescript/register-in-threads.mjs", import.meta.url).href;

/** What each test file has, also when tests are measured. */
const files = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // Real servers and processes are slow on a busy machine.
    testTimeout: 20_000,
    restoreMocks: true,
    // Worker threads inherit these options, and so run the TypeScript sources, too.
    execArgv: ["--import", typescriptInThreads, `--conditions=${conditions[0]}`],
  },
});

const run = defineConfig({
  test: {
    // Many tests wait for servers and other processes: on a machine with two cores, two workers leave them idle.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    globalSetup: ["./scripts/temporary-folder.mjs"],
    reporters: [
      "default",
      "./scripts/skipped-components-reporter.mjs",
      "./scripts/slowest-files-reporter.mjs",
    ],
  },
});

const include = [
  "packages/*/test/**/*.test.ts",
  "conformance/test/**/*.test.ts",
  "scripts/test/**/*.test.ts",
];

/** Test files that may share a process: starting one, and loading the sources again, takes a third of a second of computing. */
const shared = "packages/!(web-ui)/test/**/*.test.ts";

/** The tests as one project, which `npm run coverage` and `npm run test:mutation` measure. */
export const tests = mergeConfig(mergeConfig(files, run), defineConfig({ test: { include } }));

export default mergeConfig(
  run,
  defineConfig({
    test: {
      projects: [
        mergeConfig(files, defineConfig({ test: { name: "shared", include: [shared], isolate: false } })),
        mergeConfig(files, defineConfig({ test: { name: "own", include, exclude: [shared] } })),
      ],
    },
  }),
);
