import type { Organization, Shape } from "@dagster-sigma/sigma-sandbox";
import { withSandbox } from "../dagster-sigma/compare-case.ts";
import { loadOurs, wholeOrganization } from "../dagster-sigma/load-case.ts";
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

/** An organization to load, in the usual form of answers unless it says otherwise. */
export type JudgedCase = Pick<Shape, "organization"> & Partial<Pick<Shape, "name" | "variants" | "hidden">>;

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
  /** The forms of answers that both sides got. */
  readonly variants: Shape["variants"];
  readonly truth: EdgeSet;
  readonly ours: EdgeSet;
  readonly dataHub: EdgeSet;
  /** DataHub's edges in the usual form of answers. */
  readonly usual: EdgeSet;
  /** DataHub's error if it does not load the organization in this form. */
  readonly refusal: string | null;
  readonly differences: readonly LineageDifference[];
}

/** DataHub's own Sigma connector, in a Python process. */
export class DataHubJudge {
  readonly #lines: PythonLines<object, DataHubOutcome>;
  /** DataHub's edges in the usual form of answers; organizations may be judged in several forms. */
  readonly #usual = new WeakMap<Organization, EdgeSet>();
  #count = 0;

  /** @param python interpreter of the environment `datahub` */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "datahub_edges.py");
  }

  /** Loads an organization with both sides. Rejects if DataHub cannot load it in the usual form. */
  async judge({ organization, variants = [], hidden = [] }: JudgedCase): Promise<JudgedLineage> {
    const ours = await withSandbox(
      organization,
      // The edges show that a load ended; the problems of shapes say why.
      (sandbox) => loadOurs(sandbox, wholeOrganization).catch(() => []),
      variants,
    );
    const usual = await this.#usualEdges(organization);
    const outcome = variants.length === 0 ? usual : await this.#load(organization, variants);
    const refusal = typeof outcome === "string" ? outcome : null;
    const dataHub = typeof outcome === "string" ? edgeSet([]) : outcome;
    const sides = { truth: trueEdgeSet(organization, hidden), ours: ourEdgeSet(ours), dataHub };
    return { organization, variants, ...sides, usual, refusal, differences: differencesOf(sides) };
  }

  async #usualEdges(organization: Organization): Promise<EdgeSet> {
    const known = this.#usual.get(organization);
    if (known !== undefined) return known;
    const edges = await this.#load(organization, []);
    if (typeof edges === "string") throw new Error(`DataHub does not load it: ${edges}`);
    this.#usual.set(organization, edges);
    return edges;
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  /** Returns DataHub's error if it does not load the organization. */
  async #load(organization: Organization, variants: Shape["variants"]): Promise<EdgeSet | string> {
    const outcome = await withSandbox(
      organization,
      ({ baseUrl, clientId, clientSecret }) =>
        this.#lines.ask({ id: ++this.#count, baseUrl, clientId, clientSecret }),
      variants,
    );
    if ("error" in outcome) return outcome.error;
    return edgeSet(outcome.edges.map(({ from, to }) => ({ from: from.id, to: to.id })));
  }
}

function differencesOf({
  truth,
  ours,
  dataHub,
}: Pick<JudgedLineage, "truth" | "ours" | "dataHub">): readonly LineageDifference[] {
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
