import { type DocumentKind, documentsOf } from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import type { CallFailure, DocumentStates, OrganizationState } from "../../state/organization-state.ts";

/** What a listing does not show. */
export interface MissingRows {
  /** Ids of its unreadable rows; null for an unknown id. */
  readonly lost: readonly (string | null)[];
  /** Whether it has fewer rows than Sigma says. */
  readonly isIncomplete: boolean;
}

/**
 * The documents of the last state whose rows in a listing are unreadable, marked as stale. If the id of such a row is
 * unknown, or the listing has fewer rows than Sigma says, the row may be that of any document that the listing does not
 * show, so all of them are kept.
 *
 * @param shown ids of the documents that the listing shows
 */
export function keepLostDocuments<Kind extends DocumentKind>(
  kind: Kind,
  last: OrganizationState | null,
  { lost, isIncomplete }: MissingRows,
  shown: ReadonlySet<string>,
): readonly DocumentStates[Kind][] {
  if ((lost.length === 0 && !isIncomplete) || last === null) return [];
  const known = new Set(lost.filter((id) => id !== null).map(objectId));
  const isAnyPossible = lost.includes(null);
  return documentsOf(last, kind).flatMap((document) => {
    const id = objectId(document.id);
    const isListed = !("isListed" in document) || document.isListed;
    if (!isListed || shown.has(id)) return [];
    if (known.has(id)) return [keepDocument(document, "Its row in the listing is unreadable.")];
    if (isAnyPossible)
      return [keepDocument(document, "The listing does not show it, but has unreadable rows without an id.")];
    return isIncomplete
      ? [
          keepDocument(
            document,
            "The listing does not show it, but has fewer rows than Sigma says.",
            "LIST_INCOMPLETE",
          ),
        ]
      : [];
  });
}

/** A document of the last state, marked as stale. The next fetch fetches it again. */
export function keepDocument<Document extends DocumentStates[DocumentKind]>(
  document: Document,
  message: string,
  code = "SIGMA_RESPONSE_SHAPE",
): Document {
  const failure: CallFailure = {
    subject: "row",
    code,
    status: null,
    sigmaCode: null,
    message,
  };
  const failures = document.failures.filter(({ subject }) => subject !== "row");
  return {
    ...document,
    staleSince: document.staleSince ?? document.fetchedAt,
    failures: [...failures, failure],
  };
}
