import { InvalidAssetSpecError } from "../errors.ts";

/** Dagster's minimum window. */
const minWindowSeconds = 60;

/** How often an asset is expected to be materialized; Dagster shows when it is overdue. Immutable. */
export class FreshnessPolicy {
  readonly failWindowSeconds: number;
  /** Null if it never warns. */
  readonly warnWindowSeconds: number | null;

  private constructor(failWindowSeconds: number, warnWindowSeconds: number | null) {
    this.failWindowSeconds = failWindowSeconds;
    this.warnWindowSeconds = warnWindowSeconds;
  }

  /**
   * A policy that warns or fails when the last materialization of the asset is older than the respective window. Windows are
   * whole seconds, at least 60. Observations have no effect.
   *
   * @throws InvalidAssetSpecError for windows that Dagster would reject
   */
  static timeWindow(windows: {
    readonly failWindowSeconds: number;
    readonly warnWindowSeconds?: number | null;
  }): FreshnessPolicy {
    const { failWindowSeconds, warnWindowSeconds = null } = windows;
    for (const seconds of [failWindowSeconds, ...(warnWindowSeconds === null ? [] : [warnWindowSeconds])])
      if (!Number.isInteger(seconds) || seconds < minWindowSeconds)
        throw new InvalidAssetSpecError(
          `A freshness window of ${seconds} seconds is not valid.`,
          "Use a whole number of seconds, at least 60.",
        );
    if (warnWindowSeconds !== null && warnWindowSeconds >= failWindowSeconds)
      throw new InvalidAssetSpecError(
        `A freshness policy warns after ${warnWindowSeconds} seconds and fails after ${failWindowSeconds}.`,
        "The warning window must be shorter than the failure window.",
      );
    return new FreshnessPolicy(failWindowSeconds, warnWindowSeconds);
  }
}
