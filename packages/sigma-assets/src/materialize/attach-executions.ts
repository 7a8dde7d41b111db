import type { AssetSpec } from "@dagster-sigma/asset-graph";
import {
  assetObjects,
  type OrganizationObjects,
  type SigmaDataModel,
  type SigmaDataModelElement,
  type SigmaWorkbook,
} from "../derive/objects/organization-objects.ts";
import { sigmaObjectOf } from "../derive/translate/sigma-object.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import { type ExecutionOptions, SigmaExecution } from "./sigma-execution.ts";
import { targetOfAsset } from "./target-of-asset.ts";

/** A document, or an element that is an asset, that Sigma can materialize if it has a schedule. */
export type SigmaMaterializable = SigmaWorkbook | SigmaDataModel | SigmaDataModelElement;

/**
 * Makes the assets of selected documents with schedules executable. An asset that already has an execution keeps it.
 *
 * @param how.selected which documents: all, none, or those for which the function returns true
 */
export function attachExecutions(
  specs: readonly AssetSpec[],
  objects: OrganizationObjects,
  organization: SigmaOrganization,
  {
    selected,
    options,
  }: {
    readonly selected: boolean | ((document: SigmaMaterializable) => boolean);
    readonly options: ExecutionOptions;
  },
): { readonly specs: readonly AssetSpec[]; readonly notes: readonly string[] } {
  if (selected === false) return { specs, notes: [] };
  const documents = new Map(
    assetObjects(objects).flatMap((object) =>
      object.type === "dataset" ? [] : [[object.id, object] as const],
    ),
  );
  const isSelected = selected === true ? () => true : selected;
  let withoutSchedules = 0;
  const attached = specs.map((spec) => {
    const document = documents.get(sigmaObjectOf(spec)?.id ?? "");
    if (document === undefined || spec.execution !== null || !isSelected(document)) return spec;
    const found = targetOfAsset(spec);
    if (document.materializationSchedules.length === 0 || found === null) {
      withoutSchedules++;
      return spec;
    }
    const { target, elements } = found;
    const chosen = elements === undefined ? {} : { elements };
    return spec.withExecution(
      new SigmaExecution(target, () => organization, { ...options, ...chosen }, organization.pool),
    );
  });
  return { specs: attached, notes: withoutSchedules === 0 ? [] : [note(withoutSchedules)] };
}

function note(count: number): string {
  return count === 1
    ? "One document has no materialization schedule in Sigma, and its asset stays external."
    : `${count} documents have no materialization schedule in Sigma, and their assets stay external.`;
}
