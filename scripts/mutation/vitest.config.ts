import { defineConfig, mergeConfig } from "vitest/config";
import tests from "../../vitest.config.ts";

/** The tests, each file of which records the mutants that it runs. */
export default mergeConfig(
  tests,
  defineConfig({ test: { setupFiles: ["./scripts/mutation/record-covered.ts"] } }),
);
