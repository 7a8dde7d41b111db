import { groupBy } from "@dagster-sigma/foundation";

/** Finds items by name. */
export class NameIndex<Item extends { readonly name: string }> {
  readonly all: readonly Item[];
  readonly #exact: ReadonlyMap<string, readonly Item[]>;
  readonly #lower: ReadonlyMap<string, readonly Item[]>;

  constructor(items: readonly Item[]) {
    this.all = items;
    this.#exact = groupBy(items, ({ name }) => name);
    this.#lower = groupBy(items, ({ name }) => name.toLowerCase());
  }

  /** Items with exactly this name or, without one, case-insensitive matches. */
  find(name: string): readonly Item[] {
    return this.#exact.get(name) ?? this.#lower.get(name.toLowerCase()) ?? [];
  }
}
