import { defineConfig, mergeConfig } from "vitest/config";
import { tests } from "../../vitest.config.ts";

/** The tests run one after the other, quietly. */
export default mergeConfig(
  tests,
  defineConfig({
    test: {
      setupFiles: ["./scripts/mutation/name-test-file.ts"],
      maxWorkers: 1,
      // A test with a time limit may fail once on a busy machine.
      retry: 1,
      // The code that counts mutants makes statements of a megabyte too slow.
      testNamePattern: /^(?!.*(on a large statement|takes linear time))/,
      experimental: { fsModuleCache: true },
    },
  }),
);
