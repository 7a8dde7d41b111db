import { expect } from "vitest";

/** Child processes and worker threads of the test inherit it. */
process.env["MUTATION_TEST_FILE"] = expect.getState().testPath;
