import type { AssetPresentation, AssetSpec } from "@dagster-sigma/asset-graph";

/**
 * Completes the presentation of a translator's spec with default fields. Fields that the translator sets to null stay
 * null.
 */
export function completePresentation(spec: AssetSpec, standard: AssetPresentation): AssetSpec {
  const own = spec.presentation ?? {};
  const isComplete = Object.keys(standard).every((field) => Object.hasOwn(own, field));
  return isComplete ? spec : spec.with({ presentation: { ...standard, ...own } });
}
