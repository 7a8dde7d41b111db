import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import { checkName } from "./definition-name.ts";

/** Declares a check on an asset whose result a sensor reports. Dagster's Execute button does not apply to it. */
export class AssetCheckSpec {
  readonly name: string;
  readonly assetKey: AssetKey;
  readonly description: string | null;
  readonly blocking: boolean;

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
  }) {
    this.name = checkName("asset check", options.name);
    this.assetKey = AssetKey.from(options.asset);
    this.description = options.description ?? null;
    this.blocking = options.blocking ?? false;
  }
}
