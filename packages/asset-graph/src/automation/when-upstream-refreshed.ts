import { AutomationCondition } from "./automation-condition.ts";

/**
 * Materializes an asset when the data that it reads was refreshed. Like `eager()`, but it looks through virtual assets, and it
 * waits for a missing dependency only if Dagster can materialize it. Stubs and other external assets need not be materialized,
 * but each reported materialization of them counts as a refresh. Requires Dagster 1.13 or newer.
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
