import type { ProvenanceBasis } from "@dagster-sigma/asset-graph";

/** A column of an asset, with the columns of other assets that it is computed from. */
export interface SigmaColumn {
  /** `Element/Column` for workbooks and data models, as in formulas; the column's name for datasets. */
  readonly name: string;
  /** Sigma's type, for example `text`; null if unknown. */
  readonly type: string | null;
  /** Sigma's formula; null for columns of datasets. */
  readonly formula: string | null;
  /** Columns of other assets that it is computed from; empty if none is known. */
  readonly from: readonly SigmaColumnSource[];
}

/** A column of a table, dataset or data model. */
export interface SigmaColumnSource {
  /** Id of the object. */
  readonly id: string;
  /** Name of the column in that asset. */
  readonly column: string;
  /** How the dependency is known, if not by formulas alone. */
  readonly basis?: Exclude<ProvenanceBasis, "formula">;
}
