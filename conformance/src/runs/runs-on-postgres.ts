import { launchAssets, runIds, runStatus } from "../dagster/dagster-runs.ts";
import { type RunningDagster, startDagster, withoutQueue } from "../dagster/start-dagster.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { tryAway } from "./postgres-away.ts";
import { runKinds } from "./run-kinds.ts";
import { serveRuns } from "./serve-location.ts";
import { type Tried, tryRuns } from "./try-runs.ts";

const variable = "DAGSTER_TEST_PASSWORD";
const password = "a-password-of-the-test";

/**
 * Tries runs whose events are stored in Postgres, with a password that only an environment variable contains. The second server
 * does not have the variable.
 *
 * @returns what is not as expected
 */
export async function runsOnPostgres(print: (text: string) => void): Promise<readonly string[]> {
  const python = await pythonEnvironment("dagster-postgres");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  const postgres = await startPostgres(password);
  const served = await serveRuns({ python, definitions: runKinds(), env: { [variable]: password } });
  const concurrent = await serveRuns({
    python,
    definitions: runKinds(),
    args: ["--concurrent-steps", "2"],
    env: { [variable]: password },
  });
  const without = await serveRuns({ python, definitions: runKinds() });
  try {
    const dagster = await startDagster({
      python,
      locations: [
        { name: "typescript", port: served.port },
        { name: "concurrent", port: concurrent.port },
        { name: "without", port: without.port },
      ],
      dagsterYaml: `${withoutQueue}${storage(postgres.folder)}`,
      env: { [variable]: password },
    });
    try {
      const tried = [...(await tryRuns(dagster)), await tryMissing(dagster)];
      print(`\nRuns of \`serve --runs worker\` with Postgres ${postgres.version}\n`);
      print("| | |\n|---|---|");
      for (const { what, result } of tried) print(`| ${what} | ${result} |`);
      const away = await tryAway({ dagster, postgres, typescript: served, concurrent }, print);
      return [...tried, ...away]
        .filter(({ isAsExpected }) => !isAsExpected)
        .map(({ what, result }) => `postgres: ${what}: ${result}`);
    } finally {
      await dagster.close();
    }
  } finally {
    await served.close();
    await concurrent.close();
    await without.close();
    await postgres.close();
  }
}

/** Dagster installs psycopg2; SQLAlchemy 2.1 would look for psycopg. The socket is named by a parameter. */
function storage(folder: string): string {
  const fields = {
    scheme: "postgresql+psycopg2",
    username: "dagster",
    password: { env: variable },
    hostname: "",
    db_name: "postgres",
    params: { host: folder },
  };
  return `storage:\n  postgres:\n    postgres_db: ${JSON.stringify(fields)}\n`;
}

/** The launch fails, and Dagster shows which variable the server lacks. */
async function tryMissing(dagster: RunningDagster): Promise<Tried> {
  const launched = launchAssets(dagster, { location: "without", assets: [["quick"]] });
  const text = await launched.catch((thrown: unknown) => String(thrown));
  const [newest = ""] = await runIds(dagster);
  const status = await runStatus(dagster, newest);
  const isNamed = text.includes(`environment variable \\"${variable}\\" which is not set`);
  const isAsExpected = status === "FAILURE" && isNamed && !text.includes(password);
  return {
    what: "a server without the variable of the password",
    result: isAsExpected ? "FAILURE, and the error names the variable" : `${status} ${text.slice(0, 500)}`,
    isAsExpected,
  };
}
