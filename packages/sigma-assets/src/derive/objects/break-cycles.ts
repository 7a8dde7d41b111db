import { findCycle } from "@dagster-sigma/asset-graph";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { describeObject } from "./describe-object.ts";
import {
  compareAge,
  nameOf,
  type OrganizationObjects,
  type SigmaDataModel,
  type SigmaDataModelElement,
  type SigmaDataset,
} from "./organization-objects.ts";

type Upstreamable = SigmaDataModel | SigmaDataModelElement | SigmaDataset;

/**
 * Removes one dependency from every cycle of data models and datasets: that of the oldest object. Dependencies of
 * assets must not have cycles.
 */
export function breakCycles(objects: OrganizationObjects, diagnostics: Diagnostic[]): OrganizationObjects {
  const byId = new Map<string, Upstreamable>(
    [...objects.dataModels, ...objects.dataModelElements, ...objects.datasets].map((object) => [
      object.id,
      object,
    ]),
  );
  const readBy = (id: string): readonly string[] =>
    (byId.get(id)?.upstreams ?? []).map((upstream) => upstream.id);
  for (let cycle = findCycle(byId.keys(), readBy); cycle !== null; cycle = findCycle(byId.keys(), readBy)) {
    const inCircle = cycle.flatMap((id) => byId.get(id) ?? []);
    const oldest = [...inCircle].sort(compareAge)[0];
    if (oldest === undefined) break;
    const position = inCircle.indexOf(oldest);
    const read = inCircle[(position + 1) % inCircle.length] ?? oldest;
    byId.set(oldest.id, { ...oldest, upstreams: oldest.upstreams.filter(({ id }) => id !== read.id) });
    const names = [...inCircle, inCircle[0] ?? oldest].map((object) => `"${nameOf(object)}"`).join(" → ");
    diagnostics.push(
      buildDiagnostic(
        "LINEAGE_CYCLE",
        describeObject(oldest),
        `Documents read each other in a cycle: ${names}. "${nameOf(oldest)}" no longer depends on "${nameOf(read)}".`,
      ),
    );
  }
  return {
    ...objects,
    dataModels: objects.dataModels.map(
      (model) => (byId.get(model.id) as SigmaDataModel | undefined) ?? model,
    ),
    dataModelElements: objects.dataModelElements.map(
      (element) => (byId.get(element.id) as SigmaDataModelElement | undefined) ?? element,
    ),
    datasets: objects.datasets.map(
      (dataset) => (byId.get(dataset.id) as SigmaDataset | undefined) ?? dataset,
    ),
  };
}
