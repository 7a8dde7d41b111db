import type { ProvenanceBasis } from "@dagster-sigma/asset-graph";

/** An upstream object. */
export interface SigmaUpstream {
  /** Kind of the object. */
  readonly type: "dataModel" | "dataModelElement" | "dataset" | "table";
  /** Id of the object, normalized by `objectId`. */
  readonly id: string;
  /**
   * How the dependency is known, if not only as a source that the first route for lineage reports. Short codes, because
   * a large organization has a hundred thousand dependencies.
   */
  readonly told?: readonly ToldBy[];
}

/** The part of a document's state that contains a dependency, and how. */
export type ToldBy = `${LineagePart}:${Exclude<ProvenanceBasis, "formula">}`;

/** The parts of a document's state that contain lineage. */
export type LineagePart = "lineage" | "sources" | "elementLineage" | "queries" | "spec";
