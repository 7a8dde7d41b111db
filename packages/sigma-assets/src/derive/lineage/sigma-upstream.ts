/** An upstream object. */
export interface SigmaUpstream {
  /** Kind of the object. */
  readonly type: "dataModel" | "dataModelElement" | "dataset" | "table";
  /** Id of the object, normalized by `objectId`. */
  readonly id: string;
}
