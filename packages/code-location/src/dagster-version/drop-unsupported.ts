import { type AssetSpec, storageKindLabel } from "@dagster-sigma/asset-graph";
import type { HostFeatures } from "./host-features.ts";

/** Descriptions of omitted features, each with the number of assets affected. */
export type LeftOut = Map<string, number>;

/** Removes from a spec what the host does not support, and counts it. */
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
    note("nested groups: their names are joined with __");
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
  if (!features.hasVirtualAssets && spec.isVirtual) {
    note("the attribute isVirtual");
    fitting = fitting.with({ isVirtual: false });
  }
  return fitting;
}
