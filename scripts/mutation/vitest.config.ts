import { defineConfig, mergeConfig } from "vitest/config";
import tests from "../../vitest.config.ts";

/** The tests run one after the other, quietly. */
export default mergeConfig(
  tests,
  defineConfig({
    test: {
      setupFiles: ["./scripts/mutation/name-test-file.ts"],
      maxWorkers: 1,
      // A test with a time limit may fail once on a busy machine.
      retry: 1,
      experimental: { fsModuleCache: true },
    },
  }),
);
