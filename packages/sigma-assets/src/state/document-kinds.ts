import type { DataModelRow, WorkbookRow } from "@dagster-sigma/sigma-client";
import { objectId } from "./object-id.ts";
import type { DocumentLists, DocumentStates } from "./organization-state.ts";

export type DocumentKind = keyof DocumentStates;

/** Properties of a kind of document that `fetch/` and `derive/` need. */
interface DocumentKindEntry<Kind extends DocumentKind> {
  /** The list in the state. */
  readonly list: keyof DocumentLists;
  /** Name for users. */
  readonly title: string;
  /** The id as Sigma writes it. */
  readonly idOf: (row: DocumentStates[Kind]["properties"]) => string;
  /** Fingerprint that changes when the document must be fetched again. */
  readonly fingerprint: (row: DocumentStates[Kind]["properties"]) => string;
  /** Member id of the owner. */
  readonly ownerOf: (row: DocumentStates[Kind]["properties"]) => string | null | undefined;
}

/**
 * All kinds of Sigma documents. For a new kind, the compiler requires an entry here and in `derive/document-kinds.ts`.
 */
export const documentKinds: { readonly [Kind in DocumentKind]: DocumentKindEntry<Kind> } = {
  workbook: {
    list: "workbooks",
    title: "workbook",
    idOf: ({ workbookId }) => workbookId,
    fingerprint: versionFingerprint,
    ownerOf: ({ ownerId }) => ownerId,
  },
  dataModel: {
    list: "dataModels",
    title: "data model",
    idOf: ({ dataModelId }) => dataModelId,
    fingerprint: versionFingerprint,
    ownerOf: ({ ownerId }) => ownerId,
  },
  dataset: {
    list: "datasets",
    title: "dataset",
    idOf: ({ datasetId }) => datasetId,
    fingerprint: ({ updatedAt, isArchived, name }) =>
      JSON.stringify([updatedAt ?? null, isArchived === true, name ?? null]),
    ownerOf: ({ owner }) => owner,
  },
};

/** Fingerprint of documents with published versions. */
function versionFingerprint({ latestVersion, updatedAt, isArchived }: WorkbookRow | DataModelRow): string {
  return JSON.stringify([latestVersion ?? null, updatedAt ?? null, isArchived === true]);
}

export const documentKindNames: readonly DocumentKind[] = Object.keys(documentKinds) as DocumentKind[];

/** The documents of one kind. */
export function documentsOf<Kind extends DocumentKind>(
  lists: Partial<DocumentLists>,
  kind: Kind,
): readonly DocumentStates[Kind][] {
  return (lists[documentKinds[kind].list] ?? []) as readonly DocumentStates[Kind][];
}

/** All documents, kind by kind. */
export function allDocuments(lists: Partial<DocumentLists>): readonly DocumentStates[DocumentKind][] {
  return documentKindNames.flatMap((kind): readonly DocumentStates[DocumentKind][] =>
    documentsOf(lists, kind),
  );
}

/** Ids of members who own a document. */
export function ownerIds(lists: DocumentLists): ReadonlySet<string> {
  const ownersOf = <Kind extends DocumentKind>(kind: Kind): readonly (string | null | undefined)[] => {
    const { ownerOf }: DocumentKindEntry<Kind> = documentKinds[kind];
    return documentsOf(lists, kind).map(({ properties }) => ownerOf(properties));
  };
  return new Set(documentKindNames.flatMap((kind) => ownersOf(kind)).filter((owner) => owner != null));
}

/** Ids of all documents, normalized. */
export function documentIds(lists: DocumentLists): ReadonlySet<string> {
  return new Set(allDocuments(lists).map(({ id }) => objectId(id)));
}
