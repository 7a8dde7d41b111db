import { InvalidAssetSpecError } from "../errors.ts";

/** Dagster's shortest window. */
const minWindowSeconds = 60;

/** How often an asset should have news: Dagster shows when it has had none for longer. Immutable. */
export class FreshnessPolicy {
  readonly failWindowSeconds: number;
  /** Null for no warning before. */
  readonly warnWindowSeconds: number | null;

  private constructor(failWindowSeconds: number, warnWindowSeconds: number | null) {
    this.failWindowSeconds = failWindowSeconds;
    this.warnWindowSeconds = warnWindowSeconds;
  }

  /**
   * An asset that was last materialized longer ago than a window fails; a shorter window warns before. Whole seconds, at
   * least 60. Dagster looks at materializations, not at observations.
   *
   * @throws InvalidAssetSpecError for windows that Dagster would refuse
   */
  static timeWindow(windows: {
    readonly failWindowSeconds: number;
    readonly warnWindowSeconds?: number | null;
  }): FreshnessPolicy {
    const { failWindowSeconds, warnWindowSeconds = null } = windows;
    for (const seconds of [failWindowSeconds, ...(warnWindowSeconds === null ? [] : [warnWindowSeconds])])
      if (!Number.isInteger(seconds) || seconds < minWindowSeconds)
        throw new InvalidAssetSpecError(
          `A freshness window of ${seconds} seconds is none for Dagster.`,
          "Give whole seconds, at least 60.",
        );
    if (warnWindowSeconds !== null && warnWindowSeconds >= failWindowSeconds)
      throw new InvalidAssetSpecError(
        `A freshness policy warns after ${warnWindowSeconds} seconds and fails after ${failWindowSeconds}.`,
        "The window that warns is shorter than the one that fails.",
      );
    return new FreshnessPolicy(failWindowSeconds, warnWindowSeconds);
  }
}
