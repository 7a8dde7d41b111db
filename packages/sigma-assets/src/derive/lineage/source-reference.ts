/** A source of a document, as Sigma's responses identify it. */
export type SourceReference =
  | {
      readonly type: "table" | "dataset" | "dataModel";
      readonly id: string;
      readonly name: string | null;
      readonly connectionId: string | null;
    }
  /** A table or dataset of which the response contains only the id. */
  | { readonly type: "inode"; readonly id: string }
  /** An object in the warehouse of which the response contains the path, such as a semantic view. */
  | {
      readonly type: "warehouseObject";
      readonly id: string;
      readonly path: readonly string[];
      readonly connectionId: string | null;
    }
  /** Custom SQL in the document, or SQL that Sigma generated for an element. */
  | {
      readonly type: "customSql" | "compiledSql";
      readonly id: string;
      readonly definition: string | null;
      readonly connectionId: string | null;
    }
  /** A source without an asset: an upload, a worksheet or an unknown kind. */
  | { readonly type: "other"; readonly id: string; readonly kind: string; readonly name: string | null }
  /** A source id of an element without a row in the response. */
  | { readonly type: "unresolved"; readonly id: string };

/** The first reference to each source. */
export function distinctReferences(references: readonly SourceReference[]): readonly SourceReference[] {
  const byIdentity = new Map<string, SourceReference>();
  for (const reference of references) {
    const identity = `${reference.type} ${reference.id}`;
    if (!byIdentity.has(identity)) byIdentity.set(identity, reference);
  }
  return [...byIdentity.values()];
}

/** A reference to a semantic view, from its name with dots or the parts of its path. */
export function semanticViewReference(
  table: string | readonly string[],
  connectionId: string | null,
): SourceReference {
  const path = typeof table === "string" ? splitName(table) : table;
  return { type: "warehouseObject", id: path.join("."), path, connectionId };
}

/** Splits a name at its dots, except those in double quotes. */
function splitName(name: string): readonly string[] {
  const parts = name.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part));
}
