/** The columns of all assets of a graph, as plain data that a browser is sent. Assets are numbered. */
export interface ColumnData {
  /** Every name that a column has, each once; others refer to it by its index. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** For each asset with columns: its number, then names and types of the columns in order. */
  readonly assets: readonly (readonly [asset: number, names: readonly number[], types: readonly number[]])[];
  /** Fours of indices: asset and column that is read, asset and column that is computed from it. */
  readonly lineage: readonly number[];
}
