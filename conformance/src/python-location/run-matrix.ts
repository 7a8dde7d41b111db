import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startPostgres } from "../postgres/start-postgres.ts";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { runProcess } from "../python/run-process.ts";
import { locationVersions } from "./location-versions.ts";

/** The second one stores nothing, and is run once per version. */
const testFiles = [
  "conformance/test/python-location.test.ts",
  "conformance/test/python-versions.test.ts",
] as const;

/** The part of Vitest's JSON report that is read. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** A cell of the table: the tests with one version and one storage. */
interface Cell {
  readonly storage: string;
  readonly tests: ReadonlyMap<string, string>;
  readonly seconds: number;
  readonly problem: string | null;
}

/**
 * Runs the tests of the Python location with each version of Dagster, with SQLite and with Postgres as its storage.
 *
 * @returns what is not as expected
 */
export async function runMatrix(print: (text: string) => void): Promise<readonly string[]> {
  const cells: Cell[] = [];
  for (const version of locationVersions) {
    cells.push(await runTests(`${version}, SQLite`, { DAGSTER_TEST_VERSION: version }));
    // A database for each version, because their tables differ.
    const postgres = await startPostgres();
    try {
      const variables = { DAGSTER_TEST_VERSION: version, DAGSTER_POSTGRES_URL: postgres.url };
      cells.push(await runTests(`${version}, Postgres ${postgres.version}`, variables));
    } finally {
      await postgres.close();
    }
  }
  const titles = [...new Set(cells.flatMap(({ tests }) => [...tests.keys()]))];
  const row = (first: string, values: readonly string[]): void =>
    print(`| ${[first, ...values].join(" | ")} |`);
  print("\nThe Python location with each version of Dagster and each storage\n");
  row(
    "",
    cells.map(({ storage }) => storage),
  );
  row(
    "---",
    cells.map(() => "---"),
  );
  for (const title of titles)
    row(
      title,
      cells.map(({ tests }) => tests.get(title) ?? ""),
    );
  row(
    "s in total",
    cells.map(({ seconds }) => seconds.toFixed(0)),
  );
  return cells.flatMap(({ problem }) => problem ?? []);
}

async function runTests(storage: string, variables: Readonly<Record<string, string>>): Promise<Cell> {
  const root = dirname(conformanceFolder);
  const files = "DAGSTER_POSTGRES_URL" in variables ? testFiles.slice(0, 1) : testFiles;
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const reportFile = join(mkdtempSync(join(tmpdir(), "dagster-sigma-report-")), "report.json");
  const begun = performance.now();
  const { code, out, err } = await runProcess(
    process.execPath,
    [vitest, "run", ...files, "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`],
    { cwd: root, env: { ...process.env, ...variables } },
  );
  const report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const isFine = code === 0 && tests.some(({ status }) => status === "passed");
  return {
    storage,
    tests: new Map(tests.map(({ title, status }) => [title, status])),
    seconds: (performance.now() - begun) / 1_000,
    problem: isFine ? null : `python-location, ${storage}: ${out}${err}`,
  };
}
