/** An object that another one reads. */
export interface SigmaUpstream {
  readonly type: "dataModel" | "dataModelElement" | "dataset" | "table";
  readonly id: string;
}
