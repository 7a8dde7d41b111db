import { checkConfigSchema } from "../execution/config-schema.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import type { AssetCheckExecution } from "./asset-check-execution.ts";
import { checkName } from "./definition-name.ts";

/**
 * Declares a check on an asset. With an {@link AssetCheckSpec.execution}, it is a step of its own, and Dagster's Execute button
 * applies to it; otherwise a sensor reports its result, or the code of the asset returns it.
 */
export class AssetCheckSpec {
  readonly name: string;
  readonly assetKey: AssetKey;
  readonly description: string | null;
  readonly blocking: boolean;
  readonly execution: AssetCheckExecution | null;

  /** @throws AssetGraphError `INVALID_DEFINITIONS` for a name that Dagster would reject */
  constructor(options: {
    readonly name: string;
    readonly asset: CoercibleToAssetKey;
    readonly description?: string | null;
    /**
     * Whether a failed check with severity `error` keeps a run from materializing downstream assets; conditions on
     * blocking checks consider only these. Default: false.
     */
    readonly blocking?: boolean;
    /** Default: none. */
    readonly execution?: AssetCheckExecution | null;
  }) {
    this.name = checkName("asset check", options.name);
    this.assetKey = AssetKey.from(options.asset);
    this.description = options.description ?? null;
    this.blocking = options.blocking ?? false;
    this.execution = options.execution ?? null;
    if (this.execution?.configSchema != null)
      checkConfigSchema(`the check "${this.name}"`, this.execution.configSchema);
  }
}
