import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { endsOurs, type KnownProblems } from "../known-problems.ts";
import { type EdgeSet, edgeName, kindOfEdge, type LineageEdge } from "../lineage-edges.ts";
import type { DataHubJudge, JudgedCase, JudgedLineage, LineageDifference } from "./datahub-judge.ts";
import { dataHubClassOf, isLostToDataHub } from "./difference-classes.ts";

/** Edge counts of one kind by who finds them. */
interface EdgeCounts {
  true: number;
  both: number;
  onlyOurs: number;
  onlyDataHubs: number;
  neither: number;
  madeUpByDataHub: number;
  madeUpByOurs: number;
}

/** Results of comparing several organizations. */
export interface LineageResult {
  organizations: number;
  readonly kinds: Map<string, EdgeCounts>;
  /** Number of differences by class. */
  readonly classes: Map<string, number>;
  /** Unexplained differences. */
  readonly failures: string[];
  /** Number of cases that DataHub does not load. */
  refused: number;
  /** Numbers of edges by case: the expected ones, and those of them that each side finds. */
  readonly cases: {
    readonly name: string;
    readonly expected: number;
    readonly ours: number;
    readonly dataHub: number;
  }[];
}

const countOf = {
  "only ours": "onlyOurs",
  "only DataHub's": "onlyDataHubs",
  neither: "neither",
  "made up by DataHub": "madeUpByDataHub",
  "made up by ours": "madeUpByOurs",
} as const;

/**
 * Loads organizations with DataHub and with ours, and compares the edges.
 *
 * @param knownProblems problems of ours by the name of the case
 */
export async function compareWithDataHub(
  cases: Iterable<JudgedCase>,
  judge: DataHubJudge,
  knownProblems?: ReadonlyMap<string, KnownProblems>,
): Promise<LineageResult> {
  const result: LineageResult = {
    organizations: 0,
    kinds: new Map(),
    classes: new Map(),
    failures: [],
    refused: 0,
    cases: [],
  };
  for (const judgedCase of cases) {
    const judged = await judge.judge(judgedCase);
    result.organizations++;
    if (judged.refusal !== null) result.refused++;
    const name = judgedCase.name ?? judged.organization.name;
    const problems = new Set(knownProblems?.get(name)?.problems);
    countTruth(result, name, judged);
    const { truth, ours, dataHub } = judged;
    const found = (edges: EdgeSet): number => [...truth.keys()].filter((key) => edges.has(key)).length;
    result.cases.push({ name, expected: truth.size, ours: found(ours), dataHub: found(dataHub) });
    for (const difference of judged.differences) classify(result, name, judged, difference, problems);
  }
  return result;
}

function countTruth(result: LineageResult, name: string, judged: JudgedLineage): void {
  for (const [key, edge] of judged.truth) {
    const counts = countsOf(result, kindOfEdge(edge, judged.organization));
    counts.true++;
    if (!judged.dataHub.has(key)) continue;
    if (judged.ours.has(key)) counts.both++;
    // Fails for rules that are too broad, which would explain everything.
    if (isLostToDataHub(edge, judged))
      result.failures.push(
        `${name}: by the rules DataHub cannot find ${edgeText(edge, judged.organization)}`,
      );
  }
}

function classify(
  result: LineageResult,
  name: string,
  judged: JudgedLineage,
  difference: LineageDifference,
  problems: ReadonlySet<string>,
): void {
  const { organization } = judged;
  const fail = (what: string): void =>
    void result.failures.push(`${name}: ${what}: ${edgeText(difference, organization)}`);
  countsOf(result, kindOfEdge(difference, organization))[countOf[difference.what]]++;
  const found = dataHubClassOf(difference, judged) ?? knownProblemOf(difference, organization, problems);
  if (found === null) fail(difference.what);
  else result.classes.set(found, (result.classes.get(found) ?? 0) + 1);
  // Once our problem is fixed, only DataHub lacks the edge, for a reason of its own.
  const isFixedLater = found === "known-problem" && difference.what === "neither";
  if (isFixedLater && dataHubClassOf({ ...difference, what: "only ours" }, judged) === null)
    fail("DataHub lacks it for no known reason");
}

function knownProblemOf(
  difference: LineageDifference,
  organization: Organization,
  known: ReadonlySet<string>,
): string | null {
  const problem = difference.what === "made up by ours" ? "invented" : "missing";
  const isKnown = known.has(`${problem}: ${edgeName(difference, organization)}`) || endsOurs(known);
  return isKnown ? "known-problem" : null;
}

function edgeText(edge: LineageEdge, organization: Organization): string {
  return `${kindOfEdge(edge, organization)}, ${edge.to} reads ${edge.from}`;
}

function countsOf({ kinds }: LineageResult, kind: string): EdgeCounts {
  const counts = kinds.get(kind) ?? {
    true: 0,
    both: 0,
    onlyOurs: 0,
    onlyDataHubs: 0,
    neither: 0,
    madeUpByDataHub: 0,
    madeUpByOurs: 0,
  };
  kinds.set(kind, counts);
  return counts;
}
