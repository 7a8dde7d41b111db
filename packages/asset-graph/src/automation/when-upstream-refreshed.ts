import { AutomationCondition } from "./automation-condition.ts";

/**
 * Materializes an asset when the data that it reads was refreshed: `eager()` that looks through virtual assets, and
 * that waits only for missing dependencies which Dagster can materialize. Stubs and other external assets need no
 * materialization, but each one that is reported counts as a refresh. Dagster 1.13 or newer.
 */
export function whenUpstreamRefreshed(): AutomationCondition {
  // `*` selects the assets that Dagster can materialize.
  const missing = AutomationCondition.anyDepsMissing()
    .allow("*")
    .withLabel("any_materializable_deps_missing");
  return AutomationCondition.eager()
    .replace("any_deps_missing", missing)
    .resolveThroughVirtual()
    .withLabel("when_upstream_refreshed");
}
