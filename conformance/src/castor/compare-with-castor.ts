import { elementsOf, type Shape, type WireVariant } from "@dagster-sigma/sigma-sandbox";
import { readingsOf } from "../datahub/datahub-readings.ts";
import { endsOurs, type KnownProblems } from "../known-problems.ts";
import { edgeName, kindOfEdge, type LineageEdge } from "../lineage-edges.ts";
import { type DifferenceClass, readDifferenceClasses } from "../read-difference-classes.ts";
import type { CastorJudge, Extract, JudgedExtracts } from "./castor-judge.ts";

/** Something that only one side extracts. */
interface ExtractDifference {
  readonly what: "edge" | "document" | "element" | "lineage row";
  readonly side: "only ours" | "only castor's";
  /** The edge, or the id of the document, or the ids of document and element. */
  readonly edge: LineageEdge | null;
  readonly id: string;
  readonly text: string;
}

/** Results of comparing several shapes. */
export interface CastorResult {
  shapes: number;
  /** Number of shapes that castor does not load. */
  refused: number;
  /** Counts by what is compared: in both, only in ours, only in castor's. */
  readonly counts: Map<string, { both: number; onlyOurs: number; onlyCastors: number }>;
  readonly classes: Map<string, number>;
  readonly failures: string[];
}

type Rule = (difference: ExtractDifference, judged: JudgedExtracts) => boolean;

/** Forms of answers with a 403 that ends castor. */
const formsThatEndCastor: ReadonlySet<unknown> = new Set<WireVariant>([
  "pathLookupsForbidden",
  "fileListingForbidden",
  "onlyQueries",
  "onlyElementQueries",
]);

function hasForm({ variants }: Shape, forms: ReadonlySet<unknown>): boolean {
  return variants.some(({ variant }) => forms.has(variant));
}

/** Conditions that every difference of a class must satisfy. There is no class for an asset or edge that ours lacks. */
const rules: Readonly<Record<string, Rule>> = {
  "castor-refuses": ({ side }, { castor, shape }) =>
    side === "only ours" && typeof castor === "string" && hasForm(shape, formsThatEndCastor),

  "workbook-sources-refused": ({ what, side, edge }, { shape }) =>
    side === "only ours" &&
    hasForm(shape, new Set(["onlyElementLineage"])) &&
    (what === "lineage row" || shape.organization.workbooks.some(({ id }) => id === edge?.to)),

  "archived-dataset": ({ side, edge }, { shape }) =>
    side === "only ours" &&
    edge !== null &&
    shape.organization.datasets.some(({ id, isArchived }) => id === edge.to && isArchived),

  "empty-path": ({ side, edge }, { shape }) =>
    side === "only ours" &&
    edge !== null &&
    hasForm(shape, new Set(["emptyPaths"])) &&
    shape.organization.tables.some(({ path }) => path.join(".").toLowerCase() === edge.from),

  "edge-to-itself": ({ side, edge }) => side === "only castor's" && edge !== null && edge.from === edge.to,

  "edge-to-hidden": ({ side, edge }, { shape }) =>
    side === "only castor's" && edge !== null && shape.hidden.includes(edge.from),

  "sql-not-read": ({ side, edge }, { shape, truth }) =>
    side === "only ours" &&
    edge !== null &&
    [...truth.values()].some(({ from, to }) => from === edge.from && to === edge.to) &&
    readingsInto(edge, shape).length > 0 &&
    readingsInto(edge, shape).every(({ source }) => source.kind === "sql"),

  "unlisted-model": ({ side, id }, { shape }) =>
    side === "only ours" &&
    shape.organization.dataModels.some((model) => !model.isListed && id.split(" ")[0] === model.id),

  "model-without-readers": ({ what, side, id }, { shape }) =>
    what === "lineage row" &&
    side === "only ours" &&
    !shape.organization.workbooks.some((workbook) =>
      elementsOf(workbook).some(({ sources }) =>
        sources.some((source) => source.kind === "modelElement" && id.startsWith(`${source.model.id} `)),
      ),
    ),
};

/** @throws Error if the table and the rules do not have the same classes */
export function castorDifferenceClasses(): readonly DifferenceClass[] {
  return readDifferenceClasses("castor-differences.toml", rules);
}

/** Loads shapes with castor and with ours, and compares what they extract. */
export async function compareWithCastor(
  shapes: Iterable<Shape>,
  judge: CastorJudge,
  knownProblems: ReadonlyMap<string, KnownProblems>,
): Promise<CastorResult> {
  const result: CastorResult = {
    shapes: 0,
    refused: 0,
    counts: new Map(),
    classes: new Map(),
    failures: [],
  };
  for (const shape of shapes) {
    const judged = await judge.judge(shape);
    result.shapes++;
    if (typeof judged.castor === "string") result.refused++;
    for (const difference of compare(judged, result)) {
      const problems = knownProblems.get(shape.name)?.problems ?? [];
      const problem = difference.side === "only ours" ? "invented" : "missing";
      const name =
        difference.edge !== null &&
        (problems.includes(`${problem}: ${difference.text}`) || endsOurs(problems))
          ? "known-problem"
          : Object.keys(rules).find((each) => rules[each]?.(difference, judged));
      if (name !== undefined) result.classes.set(name, (result.classes.get(name) ?? 0) + 1);
      else result.failures.push(`${shape.name}: ${difference.side}: ${difference.what} ${difference.text}`);
    }
  }
  return result;
}

const nothing: Extract = {
  documents: new Set(),
  elements: new Set(),
  lineage: new Set(),
  edges: new Map(),
};

function compare(
  { shape, ours, castor }: JudgedExtracts,
  { counts }: CastorResult,
): readonly ExtractDifference[] {
  const theirs = typeof castor === "string" ? nothing : castor;
  const edgesOf = (extract: Extract): ReadonlyMap<string, LineageEdge> => extract.edges;
  const differences: ExtractDifference[] = [];
  const parts = [
    ["document", ours.documents, theirs.documents],
    ["element", ours.elements, theirs.elements],
    ["lineage row", ours.lineage, theirs.lineage],
    ["edge", new Set(edgesOf(ours).keys()), new Set(edgesOf(theirs).keys())],
  ] as const;
  for (const [what, inOurs, inTheirs] of parts) {
    for (const key of new Set([...inOurs, ...inTheirs])) {
      const edge = what === "edge" ? (edgesOf(ours).get(key) ?? edgesOf(theirs).get(key) ?? null) : null;
      const count = countOf(counts, edge === null ? what : kindOfEdge(edge, shape.organization));
      if (inOurs.has(key) && inTheirs.has(key)) {
        count.both++;
        continue;
      }
      count[inOurs.has(key) ? "onlyOurs" : "onlyCastors"]++;
      const side = inOurs.has(key) ? "only ours" : "only castor's";
      const text = edge === null ? key : edgeName(edge, shape.organization);
      differences.push({ what, side, edge, id: edge?.to ?? key, text });
    }
  }
  return differences;
}

function countOf(
  counts: CastorResult["counts"],
  kind: string,
): { both: number; onlyOurs: number; onlyCastors: number } {
  const count = counts.get(kind) ?? { both: 0, onlyOurs: 0, onlyCastors: 0 };
  counts.set(kind, count);
  return count;
}

function readingsInto({ from, to }: LineageEdge, { organization }: Shape): ReturnType<typeof readingsOf> {
  return [...organization.workbooks, ...organization.dataModels]
    .filter(({ id }) => id === to)
    .flatMap((document) => readingsOf(document, from, organization));
}
