import type { DataModelRow, WorkbookRow } from "@dagster-sigma/sigma-client";
import { objectId } from "./object-id.ts";
import type { DocumentLists, DocumentStates } from "./organization-state.ts";

export type DocumentKind = keyof DocumentStates;

/** What both sides of the state need to know of a kind of document. */
interface DocumentKindEntry<Kind extends DocumentKind> {
  /** The list of the state that holds them. */
  readonly list: keyof DocumentLists;
  /** What people call one. */
  readonly title: string;
  /** As Sigma writes it. */
  readonly idOf: (row: DocumentStates[Kind]["properties"]) => string;
  /** Changes whenever the document has to be fetched again. */
  readonly fingerprint: (row: DocumentStates[Kind]["properties"]) => string;
  /** Id of the member who owns it. */
  readonly ownerOf: (row: DocumentStates[Kind]["properties"]) => string | null | undefined;
}

/**
 * Every kind of Sigma document. For a new kind the compiler asks for an entry here and in `derive/document-kinds.ts`.
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

/** Of documents that are published in versions. */
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

/** Members who own a document, by id. */
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
