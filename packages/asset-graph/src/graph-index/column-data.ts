/** The columns of all assets of a graph, as plain data for a browser. Assets are numbered. */
export interface ColumnData {
  /** All column names without duplicates; other fields refer to them by index. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** For each asset with columns: its number, then the names and types of its columns in order. */
  readonly assets: readonly (readonly [asset: number, names: readonly number[], types: readonly number[]])[];
  /** Groups of four indices: upstream asset and column, downstream asset and column. */
  readonly lineage: readonly number[];
}
