import type { Provenance } from "@dagster-sigma/asset-graph";
import { compareText } from "@dagster-sigma/foundation";
import type { LineagePart, SigmaUpstream, ToldBy } from "./sigma-upstream.ts";

/** What a missing `told` means. */
const usual: readonly ToldBy[] = ["lineage:reported"];

/** An upstream object with the way in which it is known. */
export function upstreamToldBy(type: SigmaUpstream["type"], id: string, told: ToldBy): SigmaUpstream {
  return withTold({ type, id }, [told]);
}

/** One object per type and id, sorted by them, with all ways in which it is known. */
export function distinctUpstreams(upstreams: readonly SigmaUpstream[]): readonly SigmaUpstream[] {
  const distinct = new Map<string, SigmaUpstream>();
  for (const upstream of upstreams) {
    const identity = `${upstream.type} ${upstream.id}`;
    const known = distinct.get(identity);
    distinct.set(
      identity,
      known === undefined ? upstream : withTold(known, [...told(known), ...told(upstream)]),
    );
  }
  return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, upstream]) => upstream);
}

function told(upstream: SigmaUpstream): readonly ToldBy[] {
  return upstream.told ?? usual;
}

function withTold({ type, id }: SigmaUpstream, all: readonly ToldBy[]): SigmaUpstream {
  const codes = [...new Set(all)];
  return codes.length === 1 && codes[0] === usual[0] ? { type, id } : { type, id, told: codes };
}

/** Kinds of documents with dependencies. */
export type ReaderType = "workbook" | "dataModel" | "dataModelElement" | "dataset";

const modelRoutes = {
  lineage: "GET /v2/dataModels/{dataModelId}/lineage",
  sources: "GET /v2/dataModels/{dataModelId}/sources",
  spec: "GET /v2/dataModels/{dataModelId}/spec",
};

const routes: Readonly<Record<ReaderType, Partial<Readonly<Record<LineagePart, string>>>>> = {
  workbook: {
    lineage: "GET /v2/workbooks/{workbookId}/lineage",
    sources: "GET /v2/workbooks/{workbookId}/sources",
    elementLineage: "GET /v2/workbooks/{workbookId}/lineage/elements/{elementId}",
    queries: "GET /v2/workbooks/{workbookId}/queries",
    spec: "GET /v2/workbooks/{workbookId}/spec",
  },
  dataModel: modelRoutes,
  dataModelElement: modelRoutes,
  dataset: {
    sources: "GET /v2/datasets/{datasetId}/sources",
    queries: "GET /v2/workbooks/{workbookId}/elements/{elementId}/query",
  },
};

/** Where a dependency of a document comes from. Equal results are the same array. */
export function provenancesOf(reader: ReaderType, upstream: SigmaUpstream): readonly Provenance[] {
  const codes = told(upstream);
  const key = `${reader} ${codes.join(" ")}`;
  const known = provenances.get(key) ?? codes.map((code) => provenanceOf(reader, code));
  provenances.set(key, known);
  return known;
}

const provenances = new Map<string, readonly Provenance[]>();

function provenanceOf(reader: ReaderType, code: ToldBy): Provenance {
  const [part, basis] = code.split(":") as [LineagePart, Provenance["basis"]];
  return { basis, route: routes[reader][part] ?? routes.workbook[part] ?? part };
}

const columnRoutes: Readonly<Record<ReaderType, string>> = {
  workbook: "GET /v2/workbooks/{workbookId}/columns",
  dataModel: "GET /v2/dataModels/{dataModelId}/columns",
  dataModelElement: "GET /v2/dataModels/{dataModelId}/columns",
  dataset: "GET /v2/workbooks/{workbookId}/columns",
};

/** Where a dependency of a column comes from. Equal results are the same object. */
export function columnProvenanceOf(
  reader: ReaderType,
  source: { readonly basis?: Provenance["basis"] },
): Provenance {
  const basis = source.basis ?? "formula";
  const key = `${reader} ${basis}`;
  // The text of SQL is in the lineage.
  const route = basis === "sql" ? routes[reader].lineage : undefined;
  const known = columnProvenances.get(key) ?? { basis, route: route ?? columnRoutes[reader] };
  columnProvenances.set(key, known);
  return known;
}

const columnProvenances = new Map<string, Provenance>();
