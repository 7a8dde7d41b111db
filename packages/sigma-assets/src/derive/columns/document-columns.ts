import type { ColumnRow } from "@dagster-sigma/sigma-client";
import type { SqlRelation } from "@dagster-sigma/sql-lineage/columns";
import type { SpecElement } from "../../state/document-spec.ts";
import { objectId } from "../../state/object-id.ts";
import type { DataModelState, WorkbookState } from "../../state/organization-state.ts";
import { LineageRows, type Referenced } from "../lineage/lineage-rows.ts";
import { NameIndex } from "./name-index.ts";

/** A column of an element, usually the row itself, because an organization has hundreds of thousands of them. */
export interface ElementColumn extends Pick<ColumnRow, "formula" | "type"> {
  /** Unique only within its element. */
  readonly columnId: string;
  readonly name: string;
}

export interface DocumentElement {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly ElementColumn[];
  /** Its direct sources; null if Sigma does not return them. */
  readonly sources: readonly Referenced[] | null;
}

/** The elements of a workbook or data model with their columns and sources. */
export class DocumentColumns {
  readonly id: string;
  readonly state: WorkbookState | DataModelState;
  /** In the order of Sigma's response. */
  readonly elements: readonly DocumentElement[];
  readonly #byId: ReadonlyMap<string, DocumentElement>;
  #specElements: ReadonlyMap<string, SpecElement> | null = null;
  /** Computed on first use. */
  #byName: NameIndex<DocumentElement> | null = null;

  /** Returns the columns of a document, computed once and shared. */
  static of(state: WorkbookState | DataModelState): DocumentColumns {
    const known = byDocument.get(state) ?? new DocumentColumns(state);
    byDocument.set(state, known);
    return known;
  }

  private constructor(state: WorkbookState | DataModelState) {
    this.id = objectId(state.id);
    this.state = state;
    const lineage = LineageRows.of(state.lineage ?? []);
    const columns = columnsByElement(state.columns ?? []);
    const rows = new Map((state.elements ?? []).map((row) => [row.elementId, row]));
    const ids = new Set([...rows.keys(), ...lineage.references.keys(), ...columns.keys()]);
    this.elements = [...ids].map((id) => ({
      id,
      name: rows.get(id)?.name ?? id,
      columns: columns.get(id) ?? namesOnly(rows.get(id)?.columns ?? []),
      sources: lineage.references.get(id)?.map((reference) => lineage.find(reference)) ?? null,
    }));
    this.#byId = new Map(this.elements.map((element) => [element.id, element]));
  }

  element(id: string): DocumentElement | null {
    return this.#byId.get(id) ?? null;
  }

  /** Elements with exactly this name or, without one, case-insensitive matches. */
  elementsNamed(name: string): readonly DocumentElement[] {
    this.#byName ??= new NameIndex(this.elements);
    return this.#byName.find(name);
  }

  /** The element in the code representation of the document; null without one. */
  specElement(id: string): SpecElement | null {
    this.#specElements ??= new Map((this.state.spec?.elements ?? []).map((element) => [element.id, element]));
    return this.#specElements.get(id) ?? null;
  }

  /** The columns of custom SQL in the document; null for SQL that cannot be parsed. */
  sqlColumns(name: string): SqlRelation | null {
    const all = this.state.sqlColumns ?? {};
    return Object.hasOwn(all, name) ? (all[name] ?? null) : null;
  }

  /** Ids of the elements of a data model that the document reads; empty if Sigma does not return them. */
  readElements(dataModelId: string): ReadonlySet<string> {
    const sources = (this.state.sources ?? []).filter(
      ({ dataModelId: id }) => id != null && objectId(id) === dataModelId,
    );
    return new Set(sources.flatMap(({ elementIds }) => elementIds ?? []));
  }
}

const byDocument = new WeakMap<WorkbookState | DataModelState, DocumentColumns>();

function columnsByElement(rows: readonly ColumnRow[]): ReadonlyMap<string, readonly ElementColumn[]> {
  const byElement = new Map<string, ElementColumn[]>();
  for (const row of rows) {
    if (row.elementId == null) continue;
    const columns = byElement.get(row.elementId) ?? [];
    byElement.set(row.elementId, columns);
    columns.push(isNamed(row) ? row : { ...row, name: row.label ?? row.columnId });
  }
  // An array that grew has room for more; its copy has not.
  for (const [id, columns] of byElement) byElement.set(id, [...columns]);
  return byElement;
}

function isNamed(row: ColumnRow): row is ColumnRow & { readonly name: string } {
  return row.name != null;
}

function namesOnly(names: readonly string[]): readonly ElementColumn[] {
  return names.map((name) => ({ columnId: name, name }));
}

/** Null if unknown or broken (type `error`). */
export function columnType({ type }: Pick<ColumnRow, "type">): string | null {
  const name = typeof type === "string" ? type : (type?.type ?? null);
  return name === "error" ? null : name;
}
