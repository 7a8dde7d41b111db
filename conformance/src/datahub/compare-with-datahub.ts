import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { edgeName, kindOfEdge, type LineageEdge } from "../lineage-edges.ts";
import type { KnownProblems } from "../shapes/known-problems.ts";
import type { DataHubJudge, JudgedCase, LineageDifference } from "./datahub-judge.ts";
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
  };
  for (const judgedCase of cases) {
    const { organization } = judgedCase;
    const judged = await judge.judge(judgedCase);
    result.organizations++;
    if (judged.refusal !== null) result.refused++;
    const known = new Set(knownProblems?.get(judgedCase.name ?? "")?.problems);
    for (const [key, edge] of judged.truth) {
      const counts = countsOf(result, kindOfEdge(edge, organization));
      counts.true++;
      if (!judged.dataHub.has(key)) continue;
      if (judged.ours.has(key)) counts.both++;
      // Fails for rules that are too broad, which would explain everything.
      if (isLostToDataHub(edge, judged))
        result.failures.push(
          `${judgedCase.name ?? organization.name}: by the rules DataHub cannot find ${edgeText(edge, organization)}`,
        );
    }
    for (const difference of judged.differences) {
      const kind = kindOfEdge(difference, organization);
      countsOf(result, kind)[countOf[difference.what]]++;
      const name = dataHubClassOf(difference, judged) ?? knownProblemOf(difference, organization, known);
      if (name !== null) result.classes.set(name, (result.classes.get(name) ?? 0) + 1);
      else
        result.failures.push(
          `${judgedCase.name ?? organization.name}: ${difference.what}: ${edgeText(difference, organization)}`,
        );
    }
  }
  return result;
}

function knownProblemOf(
  difference: LineageDifference,
  organization: Organization,
  known: ReadonlySet<string>,
): string | null {
  const problem = difference.what === "made up by ours" ? "invented" : "missing";
  return known.has(`${problem}: ${edgeName(difference, organization)}`) ? "known-problem" : null;
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
