// `npm run conformance`: prints the figures recorded in docs/reference/conformance.md.
import { generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { generatedCases } from "./dagster-sigma/cases.ts";
import { compareCases } from "./dagster-sigma/compare-cases.ts";
import { differenceClasses } from "./dagster-sigma/difference-classes.ts";
import { ReferenceLoader } from "./dagster-sigma/load-case.ts";
import { compareWithDataHub } from "./datahub/compare-with-datahub.ts";
import { DataHubJudge } from "./datahub/datahub-judge.ts";
import { pythonEnvironment } from "./python/python-environment.ts";
import { countExact } from "./sqlglot/sql-judge.ts";
import { sqlglotStatements } from "./sqlglot/sqlglot-statements.ts";

const organizations = 60;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const python = await pythonEnvironment("dagster-sigma");
if (python === null) throw new Error("The judges need Python 3.10 or newer.");
print(`Node ${process.versions.node}, dagster 1.13.27, dagster-sigma 0.29.27, sqlglot 30.30.0`);

const reference = new ReferenceLoader(python);
const result = await compareCases(generatedCases(organizations), reference, (name) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${name}`);
});
await reference.close();
if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");

print(`\n${result.organizations} generated organizations, ${result.assets} assets of the reference compared`);
for (const { name } of differenceClasses()) print(`  ${result.classes.get(name) ?? 0} × ${name}`);
print(`  ${result.failures.length} × unexplained`);
for (const failure of result.failures) print(`    ${failure}`);
const { right, madeUp, missing } = result.referenceDatasetEdges;
print(
  `dataset → table of the reference: ${right} right, ${madeUp} made up, ${missing} missing; ours: all true, checked`,
);

const dataHubPython = await pythonEnvironment("datahub");
if (dataHubPython !== null) {
  const judge = new DataHubJudge(dataHubPython);
  const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
  const judged = await compareWithDataHub(
    seeds.map((seed) => ({ organization: generateOrganization({ workbooks: 15, seed, profile: "full" }) })),
    judge,
  );
  await judge.close();
  print(`\n${judged.organizations} organizations, edges as acryl-datahub 1.7.0.17 and ours find them`);
  for (const [kind, counts] of judged.kinds)
    print(
      `  ${kind}: ${counts.true} true, ${counts.both} by both, ${counts.onlyOurs} by ours only, ${counts.onlyDataHubs} by DataHub only, ${counts.neither} by neither, made up ${counts.madeUpByDataHub} by DataHub, ${counts.madeUpByOurs} by ours`,
    );
  for (const [name, count] of judged.classes) print(`  ${count} × ${name}`);
  for (const failure of judged.failures) print(`    ${failure}`);
  result.failures.push(...judged.failures);
}

const setAside = sqlglotStatements(python).filter((statement) => statement.setAside);
const { exact, statements, byDialect } = countExact(setAside);
print(
  `\nSQL of sqlglot's tests, the half set aside: ${exact} of ${statements} exact (${percent(exact, statements)})`,
);
for (const [dialect, count] of byDialect)
  print(`  ${dialect}: ${count.exact} of ${count.statements} (${percent(count.exact, count.statements)})`);
process.exitCode = result.failures.length === 0 ? 0 : 1;
