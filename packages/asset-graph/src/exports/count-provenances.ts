import type { Definitions } from "../definitions/definitions.ts";
import { columnLineageLabel } from "../metadata/metadata-labels.ts";
import type { Provenance } from "../provenance/provenance.ts";

/** Number of dependencies with the same provenance. */
export interface ProvenanceCount extends Provenance {
  /** Whether dependencies between assets or between columns are counted. */
  readonly what: "dependency" | "columnDependency";
  readonly count: number;
}

/**
 * Counts the dependencies of the defined assets by their most certain provenance. Dependencies without one, which were defined
 * by hand, are not counted. Sorted by count, largest first.
 */
export function countProvenances({ assets }: Pick<Definitions, "assets">): readonly ProvenanceCount[] {
  const counts = new Map<string, ProvenanceCount>();
  const add = (what: ProvenanceCount["what"], provenance: Provenance | null | undefined): void => {
    if (provenance == null) return;
    const id = `${what} ${provenance.basis} ${provenance.route}`;
    counts.set(id, { what, ...provenance, count: (counts.get(id)?.count ?? 0) + 1 });
  };
  for (const { deps, metadata } of assets) {
    for (const { provenances } of deps) add("dependency", provenances[0]);
    const lineage = metadata[columnLineageLabel];
    if (lineage?.type !== "table_column_lineage") continue;
    for (const column of Object.values(lineage.value.depsByColumn))
      for (const { provenance } of column) add("columnDependency", provenance);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
