import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { runProcess } from "../python/run-process.ts";
import { startPostgres } from "./start-postgres.ts";

const testFile = "conformance/test/python-location.test.ts";

/** The part of Vitest's JSON report that is read. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly duration?: number | null;
    }[];
  }[];
}

/**
 * Runs the tests of the Python location with a Dagster that stores runs and events in Postgres.
 *
 * @returns what is not as expected
 */
export async function runOnPostgres(print: (text: string) => void): Promise<readonly string[]> {
  const postgres = await startPostgres();
  try {
    const root = dirname(conformanceFolder);
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-report-"));
    const reportFile = join(folder, "report.json");
    const { code, out, err } = await runProcess(
      process.execPath,
      [vitest, "run", testFile, "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`],
      { cwd: root, env: { ...process.env, DAGSTER_POSTGRES_URL: postgres.url } },
    );
    const report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
    const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    print(`\nThe Python location with Postgres ${postgres.version}\n`);
    print("| | result | s |");
    print("|---|---|---|");
    for (const { title, status, duration } of tests)
      print(`| ${title} | ${status} | ${((duration ?? 0) / 1_000).toFixed(1)} |`);
    const hasPassed = code === 0 && tests.length > 0 && tests.every(({ status }) => status === "passed");
    return hasPassed ? [] : [`postgres: ${out}${err}`];
  } finally {
    await postgres.close();
  }
}
