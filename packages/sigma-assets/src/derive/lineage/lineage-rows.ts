import type { LineageRow } from "@dagster-sigma/sigma-client";
import { objectId } from "../../state/object-id.ts";

/** What a reference within a document's lineage leads to: one of its elements, a source that a row describes, or nothing. */
export type Referenced =
  | { readonly kind: "element"; readonly elementId: string }
  | { readonly kind: "source"; readonly row: LineageRow; readonly reference: string }
  | { readonly kind: "unknown"; readonly reference: string };

/** The rows of a whole-document lineage, with its references followed. They are matched to the letter first. */
export class LineageRows {
  /** In the order of the answer. */
  readonly sourceRows: readonly LineageRow[];
  /** What each element reads directly; null where Sigma does not tell. */
  readonly references: ReadonlyMap<string, readonly string[] | null>;
  readonly #rowByReference: ReadonlyMap<string, LineageRow>;

  /** The rows of one answer are followed by several, and looked through once. */
  static of(rows: readonly LineageRow[]): LineageRows {
    const known = byAnswer.get(rows) ?? new LineageRows(rows);
    byAnswer.set(rows, known);
    return known;
  }

  private constructor(rows: readonly LineageRow[]) {
    this.sourceRows = rows.filter(({ type }) => type !== "element");
    this.references = elementReferences(rows);
    this.#rowByReference = indexByReference(this.sourceRows);
  }

  find(reference: string): Referenced {
    if (this.references.has(reference)) return { kind: "element", elementId: reference };
    const row = this.#rowByReference.get(reference) ?? this.#rowByReference.get(referencedObject(reference));
    return row === undefined ? { kind: "unknown", reference } : { kind: "source", row, reference };
  }

  /** What an element reads outside the document, directly or through other elements, each once. */
  rootsOf(elementId: string): readonly Exclude<Referenced, { readonly kind: "element" }>[] {
    const roots = new Map<unknown, Exclude<Referenced, { readonly kind: "element" }>>();
    const visited = new Set<string>();
    const waiting = [elementId];
    for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
      if (visited.has(current)) continue;
      visited.add(current);
      for (const reference of this.references.get(current) ?? []) {
        const found = this.find(reference);
        if (found.kind === "element") waiting.push(found.elementId);
        else roots.set(found.kind === "source" ? found.row : reference, found);
      }
    }
    return [...roots.values()];
  }
}

const byAnswer = new WeakMap<readonly LineageRow[], LineageRows>();

/** The object behind `inode-<urlId>`, or behind the first part of `<urlId of a data model>/<suffix>`. */
export function referencedObject(reference: string): string {
  return objectId(reference.split("/", 1)[0] ?? reference);
}

/** An element may have several rows: what they tell is put together. */
function elementReferences(rows: readonly LineageRow[]): ReadonlyMap<string, readonly string[] | null> {
  const references = new Map<string, readonly string[] | null>();
  for (const row of rows) {
    if (row.type !== "element" || row.elementId == null) continue;
    const told = row.sourceIds ?? row.dataSourceIds ?? null;
    const before = references.get(row.elementId);
    references.set(
      row.elementId,
      told === null ? (before ?? null) : [...new Set([...(before ?? []), ...told])],
    );
  }
  return references;
}

/** Each source row under every id by which an element may call it. */
function indexByReference(sourceRows: readonly LineageRow[]): ReadonlyMap<string, LineageRow> {
  const index = new Map<string, LineageRow>();
  for (const row of sourceRows) {
    const objectIds = [row.inodeId, row.dataModelId].filter((id) => id != null).map(objectId);
    // SQL is called by its name, and some names could be read as the id of another object.
    const names = row.type.toLowerCase() === "customsql" ? [row.name] : [];
    for (const id of [
      ...names,
      ...objectIds,
      row.datasourceId,
      row.csvId,
      row.semanticViewId,
      row.sqlDocumentId,
    ]) {
      if (id != null && !index.has(id)) index.set(id, row);
    }
  }
  return index;
}
