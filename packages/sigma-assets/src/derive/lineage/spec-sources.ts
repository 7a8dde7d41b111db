import { groupBy } from "@dagster-sigma/foundation";
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
 * name of a table, its code representation the path. Omits names that are not unique in either of them, and tables with several
 * paths.
 */
export function pathsInSpecs(
  documents: Iterable<readonly [object, readonly SourceReference[]]>,
): ReadonlyMap<string, SpecPath> {
  const found = new Map<string, SpecPath[]>();
  for (const [document, references] of documents) {
    const spec = "spec" in document ? (document.spec as DocumentSpec | undefined) : undefined;
    if (spec === undefined) continue;
    const inSpec = specSources(spec).flatMap((source) => (source.type === "warehouseObject" ? [source] : []));
    const paths = groupBy(inSpec, ({ path }) => path.at(-1)?.toLowerCase() ?? "");
    const tables = references.flatMap((reference) => (reference.type === "table" ? [reference] : []));
    for (const [name, [table, ...others]] of groupBy(tables, (each) => each.name?.toLowerCase() ?? "")) {
      const [only, ...more] = paths.get(name) ?? [];
      if (table === undefined || only === undefined || others.length > 0 || more.length > 0) continue;
      const { path, connectionId } = only;
      found.set(table.id, [...(found.get(table.id) ?? []), { path, connectionId }]);
    }
  }
  return new Map(
    [...found].flatMap(([id, paths]) => {
      const [first] = paths;
      const isSame = paths.every(({ path }) => path.join("\n") === first?.path.join("\n"));
      return first === undefined || !isSame ? [] : [[id, first] as const];
    }),
  );
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
