import type { DocumentSpec, SpecSource } from "../../state/document-spec.ts";
import { objectId } from "../../state/object-id.ts";
import type { SpecPath } from "./build-tables.ts";
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
 * The paths of tables in the code representations of documents, by table id: the lineage of a document contains the id and
 * name of a table, its code representation the path. Omits names that a code representation contains with several paths.
 */
export function pathsInSpecs(
  documents: Iterable<readonly [object, readonly SourceReference[]]>,
): ReadonlyMap<string, SpecPath> {
  const found = new Map<string, SpecPath>();
  for (const [document, references] of documents) {
    const spec = "spec" in document ? (document.spec as DocumentSpec | undefined) : undefined;
    if (spec === undefined) continue;
    const tables = specSources(spec).flatMap((source) => (source.type === "warehouseObject" ? [source] : []));
    for (const reference of references) {
      if (reference.type !== "table" || reference.name === null) continue;
      const name = reference.name.toLowerCase();
      const [only, ...others] = tables.filter(({ path }) => path.at(-1)?.toLowerCase() === name);
      if (only !== undefined && others.length === 0)
        found.set(reference.id, { path: only.path, connectionId: only.connectionId });
    }
  }
  return found;
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
