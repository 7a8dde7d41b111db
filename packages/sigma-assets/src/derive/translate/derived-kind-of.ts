import { derivedKinds } from "../document-kinds.ts";
import type { SigmaAssetObject } from "../objects/organization-objects.ts";

/** The entry of the kind of document that an object is, or is an element of. */
export function derivedKindOf({
  type,
}: Pick<SigmaAssetObject, "type">): Pick<
  (typeof derivedKinds)[keyof typeof derivedKinds],
  "keyRank" | "dagsterKind" | "presented"
> {
  return derivedKinds[type === "dataModelElement" ? "dataModel" : type];
}
