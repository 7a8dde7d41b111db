/** A column of an asset, with the columns of other assets that it is computed from. */
export interface SigmaColumn {
  /** Of a workbook or data model `Element/Column`, as formulas call it; of a dataset the column's own. */
  readonly name: string;
  /** As Sigma calls it, for example `text`; null when unknown. */
  readonly type: string | null;
  /** Null for what is no column of an element. */
  readonly formula: string | null;
  readonly from: readonly SigmaColumnSource[];
}

/** A column of a table, a dataset or a data model. */
export interface SigmaColumnSource {
  /** Id of the object. */
  readonly id: string;
  /** Under the name that the column has in that asset. */
  readonly column: string;
}
