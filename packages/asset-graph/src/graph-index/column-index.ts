import type { ColumnData } from "./column-data.ts";
import { GraphIndex } from "./graph-index.ts";

/** Identifies a column by asset and name. */
export interface ColumnPlace {
  readonly asset: number;
  readonly name: string;
}

/** Numbers the columns of all assets and indexes their lineage. */
export class ColumnIndex {
  /** Lineage by column number. */
  readonly index: GraphIndex;
  readonly #data: ColumnData;
  /** First column number of each asset that has columns. */
  readonly #starts = new Map<number, number>();
  readonly #assets: Int32Array;
  readonly #names: Int32Array;
  readonly #types: Int32Array;
  readonly #counts = new Map<number, number>();
  /** Column numbers by name index; built on first use. */
  #byName: ReadonlyMap<number, readonly number[]> | null = null;

  constructor(data: ColumnData) {
    this.#data = data;
    let count = 0;
    for (const [asset, names] of data.assets) {
      this.#starts.set(asset, count);
      this.#counts.set(asset, names.length);
      count += names.length;
    }
    this.#assets = new Int32Array(count);
    this.#names = new Int32Array(count);
    this.#types = new Int32Array(count);
    const numbers = new Map<number, number>();
    const width = data.names.length;
    for (const [asset, names, types] of data.assets) {
      const start = this.#starts.get(asset) ?? 0;
      names.forEach((name, at) => {
        this.#assets[start + at] = asset;
        this.#names[start + at] = name;
        this.#types[start + at] = types[at] ?? -1;
        numbers.set(asset * width + name, start + at);
      });
    }
    const edges: number[] = [];
    const { lineage } = data;
    for (let at = 0; at < lineage.length; at += 4) {
      const from = numbers.get((lineage[at] as number) * width + (lineage[at + 1] as number));
      const to = numbers.get((lineage[at + 2] as number) * width + (lineage[at + 3] as number));
      if (from !== undefined && to !== undefined) edges.push(from, to);
    }
    this.index = new GraphIndex(count, edges);
  }

  get count(): number {
    return this.#assets.length;
  }

  /** Column numbers of an asset, in column order. */
  columnsOf(asset: number): readonly number[] {
    const start = this.#starts.get(asset) ?? 0;
    return Array.from({ length: this.#counts.get(asset) ?? 0 }, (_column, at) => start + at);
  }

  assetOf(column: number): number {
    return this.#assets[column] ?? -1;
  }

  nameOf(column: number): string {
    return this.#data.names[this.#names[column] ?? -1] ?? "";
  }

  typeOf(column: number): string {
    return this.#data.types[this.#types[column] ?? -1] ?? "";
  }

  /** The number of a column; null if the asset has no column of that name. */
  find({ asset, name }: ColumnPlace): number | null {
    return this.columnsOf(asset).find((column) => this.nameOf(column) === name) ?? null;
  }

  /** All column names. */
  get names(): readonly string[] {
    return this.#data.names;
  }

  /** Column numbers by name index. */
  columnsNamed(name: number): readonly number[] {
    this.#byName ??= numbersByName(this.#names);
    return this.#byName.get(name) ?? [];
  }

  /** Whether upstream or downstream lineage is known for any column of an asset. */
  hasLineage(asset: number): boolean {
    return this.columnsOf(asset).some(
      (column) => this.index.upstream(column).length > 0 || this.index.downstream(column).length > 0,
    );
  }
}

function numbersByName(names: Int32Array): ReadonlyMap<number, readonly number[]> {
  const numbers = new Map<number, number[]>();
  for (const [column, name] of names.entries()) {
    const same = numbers.get(name);
    if (same === undefined) numbers.set(name, [column]);
    else same.push(column);
  }
  return numbers;
}
