import type { DocumentSpec, SpecSource } from "../../state/document-spec.ts";
import { objectId } from "../../state/object-id.ts";
import type { SourceReference } from "./source-reference.ts";
import { distinctReferences } from "./source-reference.ts";

/** The sources outside the document in its code representation. */
export function specSources({ elements }: DocumentSpec): readonly SourceReference[] {
  return distinctReferences(
    elements.flatMap(({ id, sources }) => sources.flatMap((source) => referenceTo(source, id))),
  );
}

function referenceTo(source: SpecSource, elementId: string): readonly SourceReference[] {
  switch (source.kind) {
    case "table": {
      const { path, connectionId } = source;
      return [{ type: "warehouseObject", id: path.join("."), path, connectionId }];
    }
    case "sql":
      return [
        {
          type: "customSql",
          id: elementId,
          definition: source.statement,
          connectionId: source.connectionId,
        },
      ];
    case "dataModel":
      return [{ type: "dataModel", id: objectId(source.dataModelId), name: null, connectionId: null }];
    case "element":
    case "other":
      return [];
  }
}

/**
 * The references that the code representation leaves open: it explains a table by its name, and a source without a
 * description or text by any source that the other references do not contain.
 */
export function unexplainedBy(
  spec: readonly SourceReference[],
  open: readonly SourceReference[],
): readonly SourceReference[] {
  const names = new Set(
    spec.flatMap((source) =>
      source.type === "warehouseObject" ? [source.path.at(-1)?.toLowerCase() ?? ""] : [],
    ),
  );
  return open.filter((reference) => {
    switch (reference.type) {
      case "table":
        return reference.name === null || !names.has(reference.name.toLowerCase());
      case "customSql":
        return !spec.some(({ type }) => type === "customSql");
      case "inode":
      case "unresolved":
        return spec.length === 0;
      default:
        return true;
    }
  });
}
