/** Two versions of what changes: two manifests or catalogs of dbt, or two states of Sigma. */
export interface ChangedFiles {
  readonly from: string;
  readonly to: string;
}
