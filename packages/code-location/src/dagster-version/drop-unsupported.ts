import { type AssetSpec, storageKindLabel } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "./host-features.ts";

/** Notes by what was left out, each with how many assets it concerns. */
export type LeftOut = Map<string, number>;

/** A spec with only what the host can hold; what is left out is counted. */
export function dropUnsupported(spec: AssetSpec, features: HostFeatures, leftOut: LeftOut): AssetSpec {
  const note = (what: string): void => {
    leftOut.set(what, (leftOut.get(what) ?? 0) + 1);
  };
  let fitting = spec;
  if (spec.kinds.length > features.maxKinds) {
    note(`kinds beyond the first ${features.maxKinds}`);
    fitting = fitting.with({ kinds: spec.kinds.slice(0, features.maxKinds) });
  }
  if (!features.hasNestedGroups && spec.groupName?.includes("/") === true) {
    note("groups in groups: their names are joined with __");
    fitting = fitting.with({ groupName: spec.groupName.replaceAll("/", "__") });
  }
  if (!features.hasStorageKind && spec.metadata[storageKindLabel] !== undefined) {
    note(`the metadata ${storageKindLabel}`);
    const { [storageKindLabel]: _storageKind, ...metadata } = spec.metadata;
    fitting = fitting.with({ metadata });
  }
  if (!features.hasFreshnessPolicies && spec.freshnessPolicy !== null) {
    note("freshness policies");
    fitting = fitting.with({ freshnessPolicy: null });
  }
  return fitting;
}
