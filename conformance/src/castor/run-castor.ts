import { generateOrganization, type Shape, shapes } from "@dagster-sigma/sigma-sandbox";
import { readKnownProblems } from "../known-problems.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { CastorJudge } from "./castor-judge.ts";
import { compareWithCastor } from "./compare-with-castor.ts";

const seeds = [1, 2, 3, 4, 5];

/**
 * Compares what castor and ours extract from hand-written and generated organizations. castor-extractor is under its
 * vendor's license agreement, to which everyone who installs it agrees: so it is installed only where this is called.
 *
 * @returns what is not as expected
 */
export async function runCastor(print: (text: string) => void): Promise<readonly string[]> {
  const python = await pythonEnvironment("castor");
  if (python === null) throw new Error("Python 3.10 or newer is needed.");
  const judge = new CastorJudge(python);
  const problems: string[] = [];
  for (const [what, judged] of [
    ["hand-written", shapes()],
    ["generated", seeds.map(generated)],
  ] as const) {
    const result = await compareWithCastor(judged, judge, readKnownProblems());
    print(
      `\ncastor-extractor 0.26.131, ${result.shapes} ${what} organizations, ${result.refused} not loaded by castor\n`,
    );
    print("| | in both | only in ours | only in castor |");
    print("|---|---|---|---|");
    for (const [name, { both, onlyOurs, onlyCastors }] of result.counts)
      print(`| ${[name.replace("->", "→"), both, onlyOurs, onlyCastors].join(" | ")} |`);
    print("");
    for (const [name, count] of result.classes) print(`| \`${name}\` | ${count} |`);
    problems.push(...result.failures);
  }
  await judge.close();
  return problems;
}

function generated(seed: number): Shape {
  const organization = generateOrganization({ workbooks: 15, seed, profile: "full" });
  return { name: `seed ${seed}`, about: "A generated organization.", organization, variants: [], hidden: [] };
}
