import type { AssetKind } from "@dagster-sigma/asset-graph";
import { type DocumentKind, documentKindNames, documentsOf } from "../state/document-kinds.ts";
import type { DocumentLists, DocumentStates } from "../state/organization-state.ts";
import { dataModelSources, datasetSources, workbookSources } from "./lineage/document-sources.ts";
import type { SourceReference } from "./lineage/source-reference.ts";

/** Properties of a kind of document that `derive/` needs. */
interface DerivedKind<Kind extends DocumentKind> {
  /** The sources of a document. */
  readonly sourcesOf: (document: DocumentStates[Kind]) => readonly SourceReference[];
  /** If two objects have the same default key, the one with the lower rank gets it. */
  readonly keyRank: number;
  /** Prefix of keys that contain ids; also the kind in Dagster. */
  readonly dagsterKind: string;
  /** Presentation of the kind on the page and the terminal. */
  readonly presented: AssetKind;
}

/** Workbooks and datasets come before data models; the listing order has no effect. */
export const derivedKinds: { readonly [Kind in DocumentKind]: DerivedKind<Kind> } = {
  workbook: {
    sourcesOf: workbookSources,
    keyRank: 0,
    dagsterKind: "workbook",
    presented: {
      id: "workbook",
      name: "Workbook",
      plural: "Workbooks",
      rank: 3,
      icon: "dashboard",
      isReadByPeople: true,
    },
  },
  dataModel: {
    sourcesOf: dataModelSources,
    keyRank: 1,
    dagsterKind: "data_model",
    presented: { id: "dataModel", name: "Data model", plural: "Data models", rank: 2, icon: "model" },
  },
  dataset: {
    sourcesOf: datasetSources,
    keyRank: 0,
    dagsterKind: "dataset",
    presented: { id: "dataset", name: "Dataset", plural: "Datasets", rank: 1, icon: "dataset" },
  },
};

/** The sources of all documents of a kind. */
export function sourcesOfAll<Kind extends DocumentKind>(
  lists: Partial<DocumentLists>,
  kind: Kind,
): readonly SourceReference[] {
  const { sourcesOf }: DerivedKind<Kind> = derivedKinds[kind];
  return documentsOf(lists, kind).flatMap(sourcesOf);
}

/** The sources of each fetched document, computed once. */
export function sourcesByDocument(
  lists: DocumentLists,
): ReadonlyMap<DocumentStates[DocumentKind], readonly SourceReference[]> {
  const ofKind = <Kind extends DocumentKind>(
    kind: Kind,
  ): readonly (readonly [DocumentStates[Kind], readonly SourceReference[]])[] => {
    const { sourcesOf }: DerivedKind<Kind> = derivedKinds[kind];
    return documentsOf(lists, kind).map((document) => [document, sourcesOf(document)] as const);
  };
  return new Map(documentKindNames.flatMap((kind) => ofKind(kind)));
}
