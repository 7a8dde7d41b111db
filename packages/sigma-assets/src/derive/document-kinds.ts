import type { AssetKind } from "@dagster-sigma/asset-graph";
import { type DocumentKind, documentKindNames, documentsOf } from "../state/document-kinds.ts";
import type { DocumentLists, DocumentStates } from "../state/organization-state.ts";
import {
  dataModelSources,
  datasetSources,
  type SourceReference,
  workbookSources,
} from "./lineage/document-sources.ts";

/** What is derived from a kind of document. */
interface DerivedKind<Kind extends DocumentKind> {
  /** Everything that a document reads. */
  readonly sourcesOf: (document: DocumentStates[Kind]) => readonly SourceReference[];
  /** Of two objects that want one key, the one of the lower rank gets it. */
  readonly keyRank: number;
  /** What keys begin with that are made of ids; also the kind that Dagster shows. */
  readonly dagsterKind: string;
  /** How the page and the terminal show assets of the kind. */
  readonly presented: AssetKind;
}

/** Workbooks and datasets come before data models; the order of the listings never matters. */
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

/** Everything that the documents of a kind read. */
export function sourcesOfAll<Kind extends DocumentKind>(
  lists: Partial<DocumentLists>,
  kind: Kind,
): readonly SourceReference[] {
  const { sourcesOf }: DerivedKind<Kind> = derivedKinds[kind];
  return documentsOf(lists, kind).flatMap(sourcesOf);
}

/** What each fetched document reads, worked out once. */
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
