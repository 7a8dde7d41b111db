import type { AssetPresentation, AssetSpec } from "@dagster-sigma/asset-graph";

/**
 * A spec out of a translator with everything that the page needs: what its presentation leaves out is filled in with the
 * default. A field that the translator sets to null stays null.
 */
export function completePresentation(spec: AssetSpec, standard: AssetPresentation): AssetSpec {
  const own = spec.presentation ?? {};
  const isComplete = Object.keys(standard).every((field) => Object.hasOwn(own, field));
  return isComplete ? spec : spec.with({ presentation: { ...standard, ...own } });
}
