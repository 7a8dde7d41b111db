import { startDagster, withoutQueue } from "../dagster/start-dagster.ts";
import { runKinds } from "./run-kinds.ts";
import { serveRuns } from "./serve-location.ts";
import { type Tried, tryRuns } from "./try-runs.ts";

/** Tries runs with a real Dagster of a version. */
async function runVersion(options: {
  /** Interpreter of its environment. */
  readonly python: string;
  readonly dagsterVersion: string;
}): Promise<readonly Tried[]> {
  const { python, dagsterVersion } = options;
  const served = await serveRuns({
    python,
    definitions: runKinds(),
    args: ["--dagster-version", dagsterVersion],
  });
  try {
    const dagster = await startDagster({
      python,
      locations: [{ name: "typescript", port: served.port }],
      dagsterYaml: withoutQueue,
    });
    try {
      return await tryRuns(dagster);
    } finally {
      await dagster.close();
    }
  } finally {
    await served.close();
  }
}

/** Tries runs with several versions; prints a table. @returns what is not as expected */
export async function runVersions(
  pythons: Readonly<Record<string, string>>,
  print: (text: string) => void,
): Promise<readonly string[]> {
  const results = new Map<string, readonly Tried[]>();
  for (const [dagsterVersion, python] of Object.entries(pythons))
    results.set(dagsterVersion, await runVersion({ python, dagsterVersion }));
  const versions = [...results.keys()];
  print("\nRuns of `serve --runs worker`, launched as Dagster's page does\n");
  print(`| | ${versions.join(" | ")} |`);
  print(`|---|${versions.map(() => "---|").join("")}`);
  const [first = []] = results.values();
  for (const { what } of first) {
    const cells = versions.map(
      (version) => results.get(version)?.find((tried) => tried.what === what)?.result ?? "",
    );
    print(`| ${[what, ...cells].join(" | ")} |`);
  }
  return [...results].flatMap(([version, tried]) =>
    tried
      .filter(({ isAsExpected }) => !isAsExpected)
      .map(({ what, result }) => `runs, ${version}: ${what}: ${result}`),
  );
}
