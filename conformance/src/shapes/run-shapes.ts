import { shapes } from "@dagster-sigma/sigma-sandbox";
import { compareCases } from "../dagster-sigma/compare-cases.ts";
import { ReferenceLoader, wholeOrganization } from "../dagster-sigma/load-case.ts";
import { compareWithDataHub } from "../datahub/compare-with-datahub.ts";
import { DataHubJudge } from "../datahub/datahub-judge.ts";
import { readKnownProblems } from "../known-problems.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { problemsOfShape } from "./judge-shape.ts";

/**
 * Judges our loads of all hand-written organizations, and compares their edges with those of DataHub's connector.
 *
 * @returns what is not as expected
 */
export async function runShapes(print: (text: string) => void): Promise<readonly string[]> {
  const known = readKnownProblems();
  const problems: string[] = [];
  let complete = 0;
  for (const shape of shapes()) {
    const found = await problemsOfShape(shape);
    if (found.length === 0) complete++;
    if (found.join() !== (known.get(shape.name)?.problems ?? []).join())
      problems.push(`${shape.name}: ${found.join("; ")}`);
  }
  print(`\n${shapes().length} hand-written organizations, ${complete} loaded without a problem\n`);
  const python = await pythonEnvironment("datahub");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  const judge = new DataHubJudge(python);
  const result = await compareWithDataHub(shapes(), judge, known);
  await judge.close();
  const about = new Map(shapes().map((shape) => [shape.name, shape.about]));
  print("| organization | | expected edges | ours | DataHub's |");
  print("|---|---|---|---|---|");
  for (const { name, expected, ours, dataHub } of result.cases)
    print(`| ${[name, about.get(name), expected, ours, dataHub].join(" | ")} |`);
  print(`\nacryl-datahub 1.7.0.17 does not load ${result.refused} of them\n`);
  print(
    "| edge | expected | by both | only ours | only DataHub's | by neither | wrong in DataHub | wrong in ours |",
  );
  print("|---|---|---|---|---|---|---|---|");
  for (const [kind, edges] of result.kinds) {
    const { both, onlyOurs, onlyDataHubs, neither, madeUpByDataHub, madeUpByOurs } = edges;
    const cells = [edges.true, both, onlyOurs, onlyDataHubs, neither, madeUpByDataHub, madeUpByOurs];
    print(`| ${[kind.replace("->", "→"), ...cells].join(" | ")} |`);
  }
  print("");
  for (const [name, count] of result.classes) print(`| \`${name}\` | ${count} |`);
  return [...problems, ...result.failures, ...(await compareWithReference(print))];
}

/** Compares the assets of the organizations in the usual form of answers with those of the real dagster-sigma. */
async function compareWithReference(print: (text: string) => void): Promise<readonly string[]> {
  const python = await pythonEnvironment("dagster-sigma");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  const reference = new ReferenceLoader(python);
  const usual = shapes().filter(({ variants }) => variants.length === 0);
  const result = await compareCases(
    usual.map(({ name, organization }) => ({ name, organization, options: wholeOrganization })),
    reference,
  );
  await reference.close();
  const classes = [...result.classes].map(([name, count]) => `${count} × ${name}`).join(", ");
  print(
    `\ndagster-sigma 0.29.27: ${result.assets} assets in ${result.organizations} of them; differences: ${classes}`,
  );
  return result.failures;
}
