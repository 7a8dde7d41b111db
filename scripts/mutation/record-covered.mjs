// Each mutated file imports this module first, in every process and worker thread that runs it. During the run without a mutant it
// writes which mutants the code of a test file reaches: a line per test file and mutant.
import { appendFileSync, openSync } from "node:fs";

const { MUTATION_COVERED: record, MUTATION_TEST_FILE: test } = process.env;

if (record !== undefined && test !== undefined) {
  // The mutated code counts how often it reaches each mutant. The first time is written at once, so that nothing is lost with a
  // process that is ended; from then on, the count is a plain property of the object.
  // The file is opened at once: a test may give up the right to open it.
  const file = openSync(record, "a");
  const counts = Object.create(
    new Proxy(
      {},
      {
        get(_, mutant) {
          appendFileSync(file, `${JSON.stringify([test, mutant])}\n`);
          return 0;
        },
        set: (_, mutant, value, object) =>
          Reflect.defineProperty(object, mutant, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          }),
      },
    ),
  );
  globalThis.__stryker__ = { ...globalThis.__stryker__, mutantCoverage: { static: counts, perTest: {} } };
}
