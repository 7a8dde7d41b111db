// `npm run test:long [matrix|hostile|kills|damages|soak|hosts|rows|shapes|forms|castor|reports|checks|dg|python-location|runs|runs-postgres|runs-queue|runs-backfill|image|freshness|packages]`: the long variants of
// the tests, as tables for docs/reference/reliability.md and docs/reference/conformance.md; `castor` only if it is named.
// Exits with 1 if a result is not as expected.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { runCastor } from "../castor/run-castor.ts";
import { runImage } from "../containers/run-image.ts";
import { everyKindOfSpec } from "../dagster/every-kind-of-spec.ts";
import { expectedUpstream, startFailingUpstream, upstreamStates } from "../dagster/failing-upstream.ts";
import { judgeHost } from "../dagster/judge-host.ts";
import { sampleSpecs } from "../dagster/sample-specs.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { runDg } from "../python-location/run-dg.ts";
import { runMatrix } from "../python-location/run-matrix.ts";
import { runBackfill } from "../runs/run-backfill.ts";
import { runQueue } from "../runs/run-queue.ts";
import { runVersions } from "../runs/run-versions.ts";
import { runsOnPostgres } from "../runs/runs-on-postgres.ts";
import { runShapes } from "../shapes/run-shapes.ts";
import { runForms } from "../vendor-types/run-forms.ts";
import { damageFiles } from "./damage-files.ts";
import { runFaultMatrix } from "./fault-matrix.ts";
import type { HostileCase } from "./hostile/hostile-case.ts";
import { hostileCases } from "./hostile/hostile-cases.ts";
import { type HostileResult, HostileRunner } from "./hostile/run-hostile.ts";
import { killWhileReporting } from "./kill-dagster.ts";
import { killRefreshes } from "./kill-refresh.ts";
import { countByRoute } from "./odd-rows/count-by-route.ts";
import { mutateRows } from "./odd-rows/mutate-rows.ts";
import { type ReportedChecks, reportChecks, reportChecksToClient } from "./report-checks.ts";
import { soak } from "./soak.ts";

const workbooks = Number(process.env["WORKBOOKS"] ?? 200);
const chosen = process.argv.slice(2);
const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name);

/** Versions of Dagster that load our assets, with the environment of each. */
const hosts = {
  "1.13.27": "dagster-webserver",
  "1.11.16": "dagster-webserver-1.11.16",
  "1.9.13": "dagster-webserver-1.9.13",
} as const;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
};
const problems: string[] = [];

async function dagsterPython(): Promise<string> {
  const python = await pythonEnvironment("dagster-webserver");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  return python;
}

/** Interpreters with Dagster, by its version. */
async function hostPythons(): Promise<Readonly<Record<string, string>>> {
  const pythons: Record<string, string> = {};
  for (const [version, environment] of Object.entries(hosts)) {
    const python = await pythonEnvironment(environment);
    if (python === null) throw new Error("Python 3.10 or newer is needed.");
    pythons[version] = python;
  }
  return pythons;
}

print(`Node ${process.versions.node}, dagster-sigma 0.29.27 with dagster 1.13.27`);

if (isChosen("matrix")) {
  print(`\nFaults, ${workbooks} workbooks\n`);
  print("| fault | dagster-sigma in Python | ours | assets that lost details, each named | requests | s |");
  print("|---|---|---|---|---|---|");
  await runFaultMatrix({
    organization: generateOrganization({ workbooks, seed: 17, profile: "legacy" }),
    python: await pythonEnvironment("dagster-sigma"),
    onRow: ({ fault, ours, theirs }) => {
      const outcome = ours.outcome === "refused" ? `refused: \`${ours.code}\`` : ours.outcome;
      const isExpected =
        fault.expected === "less" ? ours.outcome !== "refused" : ours.outcome === fault.expected;
      if (!isExpected) problems.push(`${fault.name}: ${outcome}, not ${fault.expected}`);
      problems.push(...ours.problems.map((problem) => `${fault.name}: ${problem}`));
      const cells = [
        fault.name,
        theirs ?? "",
        outcome,
        ours.thinner,
        ours.requests,
        (ours.wallMs / 1_000).toFixed(1),
      ];
      print(`| ${cells.join(" | ")} |`);
    },
  });
}

if (isChosen("hostile")) {
  print(`\n${hostileCases.length} hostile answers, 8 workbooks, default limits\n`);
  print("| answer | to | result | requests answered so | s | MiB |");
  print("|---|---|---|---|---|---|");
  const organization = generateOrganization({ workbooks: 8, seed: 9 });
  const run = async (hostile: HostileCase): Promise<HostileResult> => {
    const runner = new HostileRunner(organization);
    try {
      return await runner.run(hostile);
    } finally {
      runner.close();
    }
  };
  // Those that wait for time limits wait together.
  const waiting = new Map<HostileCase, Promise<HostileResult>>();
  for (const hostile of hostileCases) if (hostile.isSlow === true) waiting.set(hostile, run(hostile));
  await Promise.all(waiting.values());
  for (const hostile of hostileCases) {
    const { outcome, tries, wallMs, peakMiB, problems: wrong } = await (waiting.get(hostile) ?? run(hostile));
    const result = outcome.replace(/: (.*)/, ": `$1`");
    const cells = [hostile.name, hostile.route, result, tries, (wallMs / 1_000).toFixed(1), peakMiB];
    print(`| ${cells.join(" | ")} |`);
    problems.push(...wrong.map((problem) => `${hostile.name}, ${hostile.route}: ${problem}`));
  }
}

if (isChosen("kills")) {
  const killed = await killRefreshes({
    organization: generateOrganization({ workbooks: 60, seed: 3 }),
    kills: 100,
    seed: 1,
    onKill: (done) => progress(`${done} of 100 refreshes killed`),
  });
  progress("");
  print(
    `\n${killed.kills} refreshes killed at random moments: ${killed.oldStates} left the old state, ${killed.newStates}`,
  );
  print(`a new one (${killed.tooLate} had already ended), ${killed.problems.length} anything else`);
  problems.push(...killed.problems);
}

if (isChosen("damages")) {
  const damaged = await damageFiles({
    organization: generateOrganization({ workbooks: 8, seed: 21 }),
    damages: 5_000,
    seed: 1,
    mendEvery: 20,
    fetchColumnData: false,
    onDamage: (done) => progress(`${done} of 5,000 files damaged`),
  });
  progress("");
  print(`\n5,000 damaged files; ${damaged.mended} damaged states were replaced by a full refresh\n`);
  print("| damage | state | cache | journal |");
  print("|---|---|---|---|");
  for (const damage of new Set(damaged.rows.map((row) => row.damage))) {
    const cells = (["state", "cache", "journal"] as const).map((file) => {
      const row = damaged.rows.find((each) => each.file === file && each.damage === damage);
      return row === undefined ? "" : `${row.reported} + ${row.same} of ${row.count}`;
    });
    print(`| ${[damage, ...cells].join(" | ")} |`);
  }
  problems.push(...damaged.problems);
}

if (isChosen("soak")) {
  const result = await soak({
    organization: generateOrganization({ workbooks: 100, seed: 5 }),
    refreshes: 200,
    seed: 1,
    sampleEvery: 20,
    onRefresh: (done) => progress(`${done} of 200 refreshes`),
  });
  progress("");
  print(
    `\n${result.refreshes} refreshes of 100 workbooks under mutations and faults, ${result.refused} of them refused\n`,
  );
  print("| after | heap, MiB | resident, MiB | open files and sockets |");
  print("|---|---|---|---|");
  for (const { refresh, heapMiB, rssMiB, openFiles } of result.samples)
    print(`| ${refresh} | ${heapMiB.toFixed(1)} | ${rssMiB.toFixed(0)} | ${openFiles ?? ""} |`);
  problems.push(...result.problems);
}

if (isChosen("hosts")) {
  print("\nReal Dagster versions, each compared with a Python location with the same specs\n");
  print("| dagster | ours | assets | shown differently from Python's | omitted, with the number of assets |");
  print("|---|---|---|---|---|");
  for (const [dagsterVersion, environment] of Object.entries(hosts)) {
    const python = await pythonEnvironment(environment);
    if (python === null) throw new Error("Python 3.10 or newer is needed.");
    const specs = [...(await sampleSpecs()), ...everyKindOfSpec];
    const { ours, theirs, shown, expected, leftOut } = await judgeHost({ python, dagsterVersion, specs });
    const other = shown.filter((asset, index) => !isDeepStrictEqual(asset, expected[index]));
    const status = ours?.error === null ? (ours.loadStatus ?? "") : `${ours?.error}`;
    const left = [...leftOut].map(([what, count]) => `${what} (${count})`).join("; ");
    print(`| ${[dagsterVersion, status, shown.length, other.length, left].join(" | ")} |`);
    if (ours?.error !== null || theirs?.error !== null || ours?.loadStatus !== "LOADED")
      problems.push(`${dagsterVersion}: ${JSON.stringify([ours, theirs])}`);
    if (shown.length === 0 || shown.length !== expected.length)
      problems.push(`${dagsterVersion}: ${shown.length} assets, not ${expected.length}`);
    for (const asset of other)
      problems.push(`${dagsterVersion}: ${JSON.stringify(asset.assetKey.path)} is shown differently`);
  }
}

if (isChosen("shapes")) problems.push(...(await runShapes(print)));
if (isChosen("forms")) problems.push(...(await runForms(print)));
if (chosen.includes("castor")) problems.push(...(await runCastor(print)));
if (isChosen("rows")) {
  const count = Number(process.env["MUTATIONS"] ?? 5_000);
  const seed = Number(process.env["SEED"] ?? 1);
  const organizations = [
    generateOrganization({ workbooks: 3, seed: 262, profile: "legacy" }),
    generateOrganization({ workbooks: 5, seed: 3 }),
  ];
  const mutated = await mutateRows({
    count,
    seed,
    organizations,
    onMutated: (done) => progress(`${done} of ${count} mutations`),
  });
  progress("");
  print(`\n${count} loads and refreshes, each with one odd value in one response\n`);
  print("| route | mutations | same | reported | shown | refused | wrong |");
  print("|---|---|---|---|---|---|---|");
  for (const row of countByRoute(mutated)) print(`| ${row.join(" | ")} |`);
  for (const { route, field, kind, isRefresh, judged } of mutated)
    if (judged.outcome === "wrong")
      problems.push(
        `${route} ${field} ${kind}${isRefresh ? " (refresh)" : ""}: ${judged.problems.slice(0, 3).join("; ")}`,
      );
}

if (isChosen("reports")) {
  const kills = 20;
  const result = await killWhileReporting({
    python: await dagsterPython(),
    organization: generateOrganization({ workbooks: 20, seed: 8 }),
    kills,
    seed: 5,
    awayMs: 300_000,
    onKill: (done) => progress(`${done} of ${kills} kills`),
  });
  progress("");
  print(
    `\nDagster and the code location, ${kills} kills during evaluations and changes, and five minutes without Sigma\n`,
  );
  print("| | |\n|---|---|");
  print(`| daemon killed and restarted | ${result.daemonKills} |`);
  print(`| code location killed and restarted | ${result.serverKills} |`);
  print(`| evaluations that failed | ${result.failedTicks} |`);
  print(
    `| observations, repeated with the same content | ${result.observations}, ${result.repeatedObservations} |`,
  );
  print(`| check results, repeated | ${result.checkResults}, ${result.repeatedResults} |`);
  print(`| lost, or reported twice with different contents | ${result.problems.length} |`);
  print(`\nWhile Sigma was away: ${result.awayError.trim().replaceAll("\n", " ")}`);
  problems.push(...result.problems);
  if (!result.awayError.includes("no change is lost")) problems.push("no evaluation said what to do");
}

if (isChosen("checks")) {
  const python = await dagsterPython();
  const minimumIntervalSeconds = 60;
  print(
    "\n| received by | checks | after, s | evaluations | cursor, characters | repeated | after a reload | after 4 changes |",
  );
  print("|---|---|---|---|---|---|---|---|");
  const printRow = (by: string, result: ReportedChecks): void => {
    const { checks, firstS, evaluations, cursorLength, repeated, afterReload, afterChange } = result;
    print(
      `| ${[by, checks, firstS.toFixed(0), evaluations, cursorLength, repeated, afterReload, afterChange].join(" | ")} |`,
    );
    if (repeated !== 0 || afterReload !== 0 || afterChange !== 4)
      problems.push(`checks: ${JSON.stringify(result)}`);
  };
  const assets = Number(process.env["ASSETS"] ?? 10_000);
  const called = await reportChecksToClient({ python, assets, minimumIntervalSeconds });
  printRow(`Dagster's client, an evaluation in up to ${called.longestEvaluationS.toFixed(1)} s`, called);
  // The daemon's speed is that of its database.
  const stored = Number(process.env["STORED_ASSETS"] ?? assets);
  const onProgress = (count: number): void => progress(`${count} of ${4 * stored} results stored`);
  const postgres = await startPostgres();
  try {
    const withPostgres = await pythonEnvironment("dagster-postgres");
    const { url: postgresUrl } = postgres;
    const options = { python: withPostgres ?? python, postgresUrl, minimumIntervalSeconds, onProgress };
    printRow(`daemon, in Postgres ${postgres.version}`, await reportChecks({ ...options, assets: stored }));
  } finally {
    await postgres.close();
  }
  printRow(
    "daemon, in SQLite",
    await reportChecks({ python, assets: stored, minimumIntervalSeconds, onProgress }),
  );
  progress("");
}

if (isChosen("dg")) problems.push(...(await runDg(print)));
if (isChosen("python-location")) problems.push(...(await runMatrix(print)));
if (isChosen("runs")) {
  problems.push(...(await runVersions(await hostPythons(), print)));
}
if (isChosen("runs-postgres")) problems.push(...(await runsOnPostgres(print)));
if (isChosen("runs-queue")) {
  const onProgress = (ended: number): void => progress(`${ended} runs ended`);
  problems.push(...(await runQueue(await dagsterPython(), print, onProgress)));
}
if (isChosen("runs-backfill")) problems.push(...(await runBackfill(await dagsterPython(), print)));
if (isChosen("image")) problems.push(...(await runImage(await dagsterPython(), print)));

if (isChosen("packages")) {
  print("\nThe packed packages with several versions of Node\n");
  const script = join(conformanceFolder, "..", "scripts", "node-versions.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  print(stdout.trimEnd());
  if (status !== 0) problems.push(`The packages do not work with each version of Node: ${stderr}`);
}
if (isChosen("freshness")) {
  print(
    "\nStates of upstream assets (one failed, one with a failed check, one fine), asked for by `dev --dagster`\n",
  );
  print("| Dagster | as expected |\n|---|---|");
  for (const [version, python] of Object.entries(await hostPythons())) {
    const { dagster } = await startFailingUpstream(python);
    const states = await upstreamStates(dagster);
    await dagster.close();
    const isRight = isDeepStrictEqual(states, expectedUpstream);
    print(`| ${version} | ${isRight ? "yes" : JSON.stringify(states)} |`);
    if (!isRight) problems.push(`The states of Dagster ${version} are not as expected.`);
  }
}

for (const problem of problems) print(`WRONG: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
