import type { LineageRow } from "@dagster-sigma/sigma-client";
import { isObjectId, objectId } from "../../state/object-id.ts";
import { type NodeStep, ReachableValues } from "./reachable-values.ts";
import type { SourceReference } from "./source-reference.ts";

/** The target of a reference in a document's lineage: an element, a source row, or nothing. */
export type Referenced =
  | { readonly kind: "element"; readonly elementId: string }
  | { readonly kind: "source"; readonly row: LineageRow; readonly reference: string }
  | { readonly kind: "unknown"; readonly reference: string };

/** A target outside the document. */
export type Root = Exclude<Referenced, { readonly kind: "element" }>;

/** The rows of a whole-document lineage with resolved references. Exact matches take precedence. */
export class LineageRows {
  /** In the order of the response. */
  readonly sourceRows: readonly LineageRow[];
  /** The direct sources of each element; null if Sigma does not return them. */
  readonly references: ReadonlyMap<string, readonly string[] | null>;
  readonly #rowByReference: ReadonlyMap<string, LineageRow>;
  /** Rows made from references that no row describes, but whose text contains the id of an object; null without any. */
  #madeRows: Map<string, LineageRow | null> | null = null;

  /** Returns the index of a response, computed once and shared. */
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
    const row =
      this.#rowByReference.get(reference) ??
      this.#rowByReference.get(referencedObject(reference)) ??
      this.#madeRow(reference);
    return row === null ? { kind: "unknown", reference } : { kind: "source", row, reference };
  }

  #madeRow(reference: string): LineageRow | null {
    const known = this.#madeRows?.get(reference);
    if (known !== undefined) return known;
    const made = rowOfReference(reference);
    this.#madeRows ??= new Map();
    this.#madeRows.set(reference, made);
    return made;
  }

  /** The elements with exactly one source outside the document, direct or through other elements, with this source. */
  onlyRoots(): ReadonlyMap<string, Root> {
    const roots = new ReachableValues<string, Root>((elementId) => this.#stepFrom(elementId), 2);
    const found = new Map<string, Root>();
    for (const elementId of this.references.keys()) {
      const [only, ...others] = roots.of(elementId).values();
      if (only !== undefined && others.length === 0) found.set(elementId, only);
    }
    return found;
  }

  #stepFrom(elementId: string): NodeStep<string, Root> {
    const values = new Map<unknown, Root>();
    const next: string[] = [];
    for (const reference of this.references.get(elementId) ?? []) {
      const found = this.find(reference);
      if (found.kind === "element") next.push(found.elementId);
      else values.set(found.kind === "source" ? found.row : reference, found);
    }
    return { values, next };
  }
}

const byAnswer = new WeakMap<readonly LineageRow[], LineageRows>();

/** The id of the object in `inode-<urlId>` or in `<urlId of a data model>/<suffix>`. */
function referencedObject(reference: string): string {
  return objectId(reference.split("/", 1)[0] ?? reference);
}

/** The source in a reference that contains its id; null for other references. */
export function referencedById(reference: string): SourceReference | null {
  const id = referencedObject(reference);
  if (!isObjectId(id)) return null;
  if (reference.startsWith("inode-")) return { type: "inode", id };
  return reference.includes("/") ? { type: "dataModel", id, name: null, connectionId: null } : null;
}

/** The row that Sigma would have sent for a reference, without a name; null if the reference contains no id. */
function rowOfReference(reference: string): LineageRow | null {
  const source = referencedById(reference);
  if (source === null) return null;
  return source.type === "dataModel"
    ? { type: "data-model", dataModelId: source.id }
    : { type: "inode", inodeId: source.id };
}

/** The id of the data model in a row, which Sigma writes in one of several fields; null for other rows. */
export function dataModelIdOf({ type, dataModelId, dataModelUrlId, urlId }: LineageRow): string | null {
  const id =
    type === "data-model" || type.toLowerCase() === "data-model"
      ? (dataModelId ?? dataModelUrlId ?? urlId)
      : null;
  return id == null ? null : objectId(id);
}

/** Merges the rows of each element, which may have several. */
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

/** Indexes the source rows by every id that an element may use. */
function indexByReference(sourceRows: readonly LineageRow[]): ReadonlyMap<string, LineageRow> {
  const index = new Map<string, LineageRow>();
  for (const row of sourceRows) {
    const objectIds = [row.inodeId, row.csvId, row.semanticViewId, row.sqlDocumentId, row.worksheetId]
      .filter((id) => id != null)
      .map(objectId);
    // SQL is referenced by name, which may look like the id of another object.
    const names = row.type.toLowerCase() === "customsql" ? [row.name] : [];
    for (const id of [
      ...names,
      ...objectIds,
      dataModelIdOf(row),
      row.datasourceId,
      row.csvId,
      row.semanticViewId,
      row.sqlDocumentId,
      row.worksheetId,
    ]) {
      if (id != null && !index.has(id)) index.set(id, row);
    }
  }
  return index;
}
