import { ReachableValues } from "../lineage/reachable-values.ts";
import type { DocumentElement, ElementColumn } from "./document-columns.ts";
import type { SigmaColumnSource } from "./sigma-column.ts";

/** The columns that a column is directly computed from. */
export interface ColumnStep {
  /** Columns of other objects, by their address as text. */
  readonly outside: ReadonlyMap<string, SigmaColumnSource>;
  /** Columns of other elements of the same document. */
  readonly inside: readonly (readonly [DocumentElement, ElementColumn])[];
}

/** Follows the columns of one document through its elements to the columns of other objects. */
export class ColumnPaths {
  readonly #elements = new Map<ElementColumn, DocumentElement>();
  readonly #reachable: ReachableValues<ElementColumn, SigmaColumnSource>;
  /** Columns with the same sources share one sorted list. */
  readonly #sorted = new Map<ReadonlyMap<unknown, SigmaColumnSource>, readonly SigmaColumnSource[]>();

  constructor(stepFrom: (element: DocumentElement, column: ElementColumn) => ColumnStep) {
    this.#reachable = new ReachableValues((column) => {
      const element = this.#elements.get(column);
      if (element === undefined) return { values: new Map(), next: [] };
      const { outside, inside } = stepFrom(element, column);
      for (const [inner, innerColumn] of inside) this.#elements.set(innerColumn, inner);
      return { values: outside, next: inside.map(([, innerColumn]) => innerColumn) };
    });
  }

  /** The columns of other objects that a column is computed from, sorted by address. */
  sourcesOf(element: DocumentElement, column: ElementColumn): readonly SigmaColumnSource[] {
    this.#elements.set(column, element);
    const found = this.#reachable.of(column);
    const sorted = this.#sorted.get(found) ?? sortByAddress(found);
    this.#sorted.set(found, sorted);
    return sorted;
  }
}

function sortByAddress(sources: ReadonlyMap<unknown, SigmaColumnSource>): readonly SigmaColumnSource[] {
  const entries = [...sources] as [string, SigmaColumnSource][];
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}
