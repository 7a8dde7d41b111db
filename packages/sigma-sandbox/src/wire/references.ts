import { hash } from "node:crypto";
import { urlIdOf } from "../organization/base62.ts";
import type { ModelElement, Source } from "../organization/organization.ts";

/** The id of a source in a document's lineage response. */
export function sourceReference(documentId: string, source: Source): string {
  switch (source.kind) {
    case "table":
    case "dataset":
      return inodeReference(source.id);
    case "modelElement":
      return `${urlIdOf(source.model.id)}/${modelElementSuffix(documentId, source)}`;
    case "sql":
      return source.id;
    case "element":
      return source.id;
  }
}

function inodeReference(id: string): string {
  return `inode-${urlIdOf(id)}`;
}

/** Sigma's suffix is not the id of the element; its meaning is undocumented. */
function modelElementSuffix(documentId: string, { element }: ModelElement): string {
  return hash("sha256", `${documentId}\n${element.id}`, "base64url").slice(0, 10);
}
