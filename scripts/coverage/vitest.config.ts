import { defineConfig, mergeConfig } from "vitest/config";
import { tests } from "../../vitest.config.ts";

/**
 * The tests with coverage. Vitest measures the test processes, in which it compiles the sources. Node measures their worker
 * threads and child processes (`NODE_V8_COVERAGE`, which they inherit).
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
