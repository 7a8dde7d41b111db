import { defineConfig, mergeConfig } from "vitest/config";
import tests from "../../vitest.config.ts";

/**
 * The tests with coverage. The processes of the tests are counted by vitest, in which their sources are compiled; the worker
 * threads and the processes that they start, by Node (`NODE_V8_COVERAGE`, inherited from here).
 */
export default mergeConfig(
  tests,
  defineConfig({
    test: {
      env: {
        NODE_V8_COVERAGE: process.env["COVERAGE_PROCESSES"] ?? "",
        COVERAGE_PAGE: process.env["COVERAGE_PAGE"] ?? "",
      },
      coverage: {
        enabled: true,
        provider: "v8",
        include: ["packages/*/src/**/*.{ts,tsx}"],
        exclude: ["packages/*/src/protocol/*_pb.ts"],
        reporter: ["json"],
        reportOnFailure: true,
        reportsDirectory: process.env["COVERAGE_TESTS"] ?? "",
      },
    },
  }),
);
