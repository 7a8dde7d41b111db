import { ReachableValues } from "../lineage/reachable-values.ts";
import type { DocumentElement, ElementColumn } from "./document-columns.ts";
import type { SigmaColumnSource } from "./sigma-column.ts";

/** The columns that a column is directly computed from. */
export interface ColumnStep {
  /** Columns of other objects, by their address as text. */
  readonly outside: ReadonlyMap<string, SigmaColumnSource>;
  /** Columns of other elements of the same document. */
  readonly inside: readonly {
    readonly element: DocumentElement;
    readonly column: ElementColumn;
    /** Whether the step is concluded from names, so that everything behind it is, too. */
    readonly isByName: boolean;
  }[];
}

/** Follows the columns of one document through its elements to the columns of other objects. */
export class ColumnPaths {
  readonly #stepFrom: (element: DocumentElement, column: ElementColumn) => ColumnStep;
  readonly #elements = new Map<ElementColumn, DocumentElement>();
  /** The sources behind a formula that contains a column. */
  readonly #reachable: ReachableValues<ElementColumn, SigmaColumnSource>;
  /** The same, behind a step that is concluded from names. */
  readonly #reachableByName: ReachableValues<ElementColumn, SigmaColumnSource>;
  /** Columns with the same sources share one sorted list. */
  readonly #sorted = new Map<ReadonlyMap<unknown, SigmaColumnSource>, readonly SigmaColumnSource[]>();

  constructor(stepFrom: (element: DocumentElement, column: ElementColumn) => ColumnStep) {
    this.#stepFrom = stepFrom;
    this.#reachableByName = new ReachableValues((column) => {
      const { outside, inside } = this.#step(column);
      const values = mapValues(outside, (source) => ({ ...source, basis: "name" }));
      return { values, next: inside.map((step) => step.column) };
    });
    this.#reachable = new ReachableValues((column) => {
      const { outside, inside } = this.#step(column);
      const byName = inside.filter(({ isByName }) => isByName);
      const values = mapValues(outside, throughFormula);
      for (const step of byName)
        for (const [address, source] of this.#reachableByName.of(step.column))
          if (!values.has(address)) values.set(address, source);
      return { values, next: inside.flatMap((step) => (step.isByName ? [] : [step.column])) };
    });
  }

  /** The columns of other objects that a column is computed from, sorted by address. */
  sourcesOf(element: DocumentElement, column: ElementColumn): readonly SigmaColumnSource[] {
    this.#elements.set(column, element);
    const found = this.#reachable.of(column);
    const reported = [...this.#step(column).outside].filter(([, { basis }]) => basis === "reported");
    if (reported.length > 0) return sortByAddress(new Map([...found, ...reported]));
    const sorted = this.#sorted.get(found) ?? sortByAddress(found);
    this.#sorted.set(found, sorted);
    return sorted;
  }

  #step(column: ElementColumn): ColumnStep {
    const element = this.#elements.get(column);
    if (element === undefined) return { outside: new Map(), inside: [] };
    const step = this.#stepFrom(element, column);
    for (const inner of step.inside) this.#elements.set(inner.column, inner.element);
    return step;
  }
}

/** A chain is as certain as its least certain step. */
function throughFormula({ id, column, basis }: SigmaColumnSource): SigmaColumnSource {
  return basis === undefined || basis === "reported" ? { id, column } : { id, column, basis };
}

function mapValues(
  sources: ReadonlyMap<string, SigmaColumnSource>,
  change: (source: SigmaColumnSource) => SigmaColumnSource,
): Map<unknown, SigmaColumnSource> {
  return new Map([...sources].map(([address, source]) => [address, change(source)]));
}

function sortByAddress(sources: ReadonlyMap<unknown, SigmaColumnSource>): readonly SigmaColumnSource[] {
  const entries = [...sources] as [string, SigmaColumnSource][];
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}
