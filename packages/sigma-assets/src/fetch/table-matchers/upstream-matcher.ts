import type { LoadedUpstream } from "../../state/loaded-upstream.ts";
import type { KnownUpstream } from "../../state/organization-state.ts";

/**
 * Finds the asset of another tool for a warehouse table. Created by {@link explicitMap}, {@link dbtManifest}, {@link
 * dagsterInstance}, {@link tableName}, or by hand.
 */
export interface UpstreamMatcher {
  /** Name in reports, and key of the query result in the state. */
  readonly name: string;
  /** Queries the network once, while Sigma is fetched; the result is stored in the state. */
  readonly ask?: (signal: AbortSignal) => Promise<readonly KnownUpstream[]>;
  /**
   * Prepares the matcher.
   *
   * @param answer the result of `ask`, from this fetch or the state; null without `ask`
   */
  readonly load: (answer: readonly KnownUpstream[] | null) => LoadedUpstream | Promise<LoadedUpstream>;
}
