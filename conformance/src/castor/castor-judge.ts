import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OrganizationState, SigmaOrganization, saveSigmaSnapshot } from "@dagster-sigma/sigma-assets";
import type { Shape } from "@dagster-sigma/sigma-sandbox";
import { withSandbox } from "../dagster-sigma/compare-case.ts";
import { loadOurs, type ServedOrganization, wholeOrganization } from "../dagster-sigma/load-case.ts";
import { type EdgeSet, edgeSet, ourEdgeSet, trueEdgeSet } from "../lineage-edges.ts";
import { PythonLines } from "../python/python-lines.ts";

/** What castor extracts, or the error that it died with. */
type CastorOutcome =
  | {
      readonly documents: readonly string[];
      readonly elements: readonly (readonly [workbookId: string, elementId: string])[];
      readonly lineage: readonly (readonly [dataModelId: string, elementId: string])[];
      readonly edges: readonly { readonly from: string; readonly to: string }[];
      readonly statements: number;
    }
  | { readonly error: string };

/** What one side knows of an organization. */
export interface Extract {
  /** Ids of workbooks, data models and datasets. */
  readonly documents: ReadonlySet<string>;
  /** Elements of workbooks that show data: workbook and element. */
  readonly elements: ReadonlySet<string>;
  /** Elements of data models that have a row of lineage: data model and element. */
  readonly lineage: ReadonlySet<string>;
  readonly edges: EdgeSet;
}

/** Both sides' extracts of a shape, and the expected edges. */
export interface JudgedExtracts {
  readonly shape: Shape;
  readonly truth: EdgeSet;
  readonly ours: Extract;
  /** Castor's error if it does not load the shape. */
  readonly castor: Extract | string;
}

/** Types of elements that castor extracts. */
const dataElements = new Set(["input-table", "pivot-table", "table", "visualization", "viz"]);

/** castor-extractor's own client for Sigma, in a Python process. */
export class CastorJudge {
  readonly #lines: PythonLines<object, CastorOutcome>;
  #count = 0;

  /** @param python interpreter of the environment `castor` */
  constructor(python: string) {
    this.#lines = new PythonLines(python, "castor_edges.py");
  }

  /** Loads a shape with both sides. */
  async judge(shape: Shape): Promise<JudgedExtracts> {
    const { organization, variants, hidden } = shape;
    // Each load has its own server: Sigma issues one token a second.
    const assets = await withSandbox(
      organization,
      // The edges show that a load ended; the problems of shapes say why.
      (sandbox) => loadOurs(sandbox, wholeOrganization).catch(() => []),
      variants,
    );
    const state = await withSandbox(organization, fetchOurState, variants);
    const ours = { ...rowsOf(state), edges: ourEdgeSet(assets) };
    const castor = await withSandbox(organization, (sandbox) => this.#load(sandbox), variants);
    return { shape, truth: trueEdgeSet(organization, hidden), ours, castor };
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  async #load({ baseUrl, clientId, clientSecret }: ServedOrganization): Promise<Extract | string> {
    const outcome = await this.#lines.ask({ id: ++this.#count, baseUrl, clientId, clientSecret });
    if ("error" in outcome) return outcome.error;
    return {
      documents: new Set(outcome.documents),
      elements: new Set(outcome.elements.map((pair) => pair.join(" "))),
      lineage: new Set(outcome.lineage.map((pair) => pair.join(" "))),
      edges: edgeSet(outcome.edges),
    };
  }
}

function rowsOf({ workbooks, dataModels, datasets }: OrganizationState): Omit<Extract, "edges"> {
  return {
    documents: new Set([...workbooks, ...dataModels, ...datasets].map(({ id }) => id)),
    elements: new Set(
      workbooks.flatMap(({ id, elements }) =>
        (elements ?? []).flatMap(({ elementId, type }) =>
          dataElements.has(type ?? "") ? [`${id} ${elementId}`] : [],
        ),
      ),
    ),
    lineage: new Set(
      dataModels.flatMap(({ id, lineage }) =>
        (lineage ?? []).flatMap(({ type, elementId }) => (type === "element" ? [`${id} ${elementId}`] : [])),
      ),
    ),
  };
}

async function fetchOurState({
  baseUrl,
  clientId,
  clientSecret,
}: ServedOrganization): Promise<OrganizationState> {
  const folder = await mkdtemp(join(tmpdir(), "dagster-sigma-castor-"));
  try {
    const retryLimits = { baseDelayMs: 1 };
    const organization = new SigmaOrganization({ baseUrl, clientId, clientSecret, retryLimits });
    return await saveSigmaSnapshot(organization, join(folder, "state.ndjson"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
