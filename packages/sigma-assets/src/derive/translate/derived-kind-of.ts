import { derivedKinds } from "../document-kinds.ts";
import type { SigmaAssetObject } from "../objects/organization-objects.ts";

/** The table entry for the kind of an object, or of the document that contains it. */
export function derivedKindOf({
  type,
}: Pick<SigmaAssetObject, "type">): Pick<
  (typeof derivedKinds)[keyof typeof derivedKinds],
  "keyRank" | "dagsterKind" | "presented"
> {
  return derivedKinds[type === "dataModelElement" ? "dataModel" : type];
}
