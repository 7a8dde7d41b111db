import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { withSandbox } from "../dagster-sigma/compare-case.ts";
import { loadOurs, type ServedOrganization, wholeOrganization } from "../dagster-sigma/load-case.ts";
import { type EdgeSet, edgeSet, ourEdgeSet, trueEdgeSet } from "../lineage-edges.ts";
import { PythonLines } from "../python/python-lines.ts";

interface FoundObject {
  readonly type: "workbook" | "dataModel" | "dataset" | "table";
  readonly id: string;
}

/** The edges that DataHub finds, or the error that it died with. */
type DataHubOutcome =
  | {
      readonly edges: readonly { readonly from: FoundObject; readonly to: FoundObject }[];
      readonly warnings: number;
    }
  | { readonly error: string };

/** An edge that only one side finds, or that is wrong. */
export interface LineageDifference {
  readonly what: "only ours" | "only DataHub's" | "neither" | "made up by DataHub" | "made up by ours";
  /** Name of a table, otherwise an id. */
  readonly from: string;
  readonly to: string;
}

/** The edges of one organization: DataHub's, ours, and the expected ones. */
export interface JudgedLineage {
  readonly organization: Organization;
  readonly truth: EdgeSet;
  readonly ours: EdgeSet;
  readonly dataHub: EdgeSet;
  readonly differences: readonly LineageDifference[];
}

/** DataHub's own Sigma connector, in a Python process. */
export class DataHubJudge {
  readonly #lines: PythonLines<object, DataHubOutcome>;
  #count = 0;

  /** @param python interpreter of the environment `datahub` */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "datahub_edges.py");
  }

  /** Loads an organization with both sides. Rejects if DataHub cannot load it. */
  async judge(organization: Organization): Promise<JudgedLineage> {
    const ours = await withSandbox(organization, (sandbox) => loadOurs(sandbox, wholeOrganization));
    const dataHub = await withSandbox(organization, (sandbox) => this.#load(sandbox));
    const sides = { truth: trueEdgeSet(organization), ours: ourEdgeSet(ours), dataHub };
    return { organization, ...sides, differences: differencesOf(sides) };
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  async #load({ baseUrl, clientId, clientSecret }: ServedOrganization): Promise<EdgeSet> {
    const outcome = await this.#lines.ask({ id: ++this.#count, baseUrl, clientId, clientSecret });
    if ("error" in outcome) throw new Error(`DataHub does not load it: ${outcome.error}`);
    return edgeSet(outcome.edges.map(({ from, to }) => ({ from: from.id, to: to.id })));
  }
}

function differencesOf({
  truth,
  ours,
  dataHub,
}: Omit<JudgedLineage, "organization" | "differences">): readonly LineageDifference[] {
  const differences: LineageDifference[] = [];
  for (const [key, edge] of new Map([...truth, ...ours, ...dataHub])) {
    const differ = (what: LineageDifference["what"]): void => void differences.push({ what, ...edge });
    const [isOurs, isDataHubs] = [ours.has(key), dataHub.has(key)];
    if (!truth.has(key)) {
      if (isOurs) differ("made up by ours");
      if (isDataHubs) differ("made up by DataHub");
    } else if (isOurs !== isDataHubs) differ(isOurs ? "only ours" : "only DataHub's");
    else if (!isOurs) differ("neither");
  }
  return differences;
}
