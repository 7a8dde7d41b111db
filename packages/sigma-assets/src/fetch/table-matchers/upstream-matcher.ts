import type { LoadedUpstream } from "../../state/loaded-upstream.ts";
import type { KnownUpstream } from "../../state/organization-state.ts";

/**
 * Finds the asset that the rest of the Dagster graph has for a warehouse table. Made by {@link explicitMap},
 * {@link dbtManifest}, {@link dagsterInstance} and {@link tableName}, or by hand.
 */
export interface UpstreamMatcher {
  /** Stands in reports, and names the answer in the state. */
  readonly name: string;
  /** Asks something over the network, once, while Sigma is fetched; the answer is kept in the state. */
  readonly ask?: (signal: AbortSignal) => Promise<readonly KnownUpstream[]>;
  /**
   * @param answer what `ask` gave, now or when the state was fetched; null without it
   */
  readonly load: (answer: readonly KnownUpstream[] | null) => LoadedUpstream | Promise<LoadedUpstream>;
}
