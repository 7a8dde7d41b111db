import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { kindOfEdge, type LineageEdge } from "../lineage-edges.ts";
import type { DataHubJudge } from "./datahub-judge.ts";
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
}

const countOf = {
  "only ours": "onlyOurs",
  "only DataHub's": "onlyDataHubs",
  neither: "neither",
  "made up by DataHub": "madeUpByDataHub",
  "made up by ours": "madeUpByOurs",
} as const;

/** Loads organizations with DataHub and with ours, and compares the edges. */
export async function compareWithDataHub(
  organizations: Iterable<Organization>,
  judge: DataHubJudge,
): Promise<LineageResult> {
  const result: LineageResult = { organizations: 0, kinds: new Map(), classes: new Map(), failures: [] };
  for (const organization of organizations) {
    const judged = await judge.judge(organization);
    result.organizations++;
    for (const [key, edge] of judged.truth) {
      const counts = countsOf(result, kindOfEdge(edge, organization));
      counts.true++;
      if (!judged.dataHub.has(key)) continue;
      if (judged.ours.has(key)) counts.both++;
      // Fails for rules that are too broad, which would explain everything.
      if (isLostToDataHub(edge, organization))
        result.failures.push(
          `${organization.name}: by the rules DataHub cannot find ${edgeText(edge, organization)}`,
        );
    }
    for (const difference of judged.differences) {
      const kind = kindOfEdge(difference, organization);
      countsOf(result, kind)[countOf[difference.what]]++;
      const name = dataHubClassOf(difference, judged);
      if (name !== null) result.classes.set(name, (result.classes.get(name) ?? 0) + 1);
      else
        result.failures.push(
          `${organization.name}: ${difference.what}: ${edgeText(difference, organization)}`,
        );
    }
  }
  return result;
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
