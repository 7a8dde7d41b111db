import type { AssetKey } from "@dagster-sigma/asset-graph";
import { nameFits } from "../lineage/table-names.ts";

/** A table of the warehouse for which the rest of the Dagster graph may have an asset. */
export interface UpstreamTable {
  /** Database, schema, table, as the warehouse spells them. */
  readonly path: readonly string[];
  /** Null when no answer tells which connection it is on. */
  readonly connectionName: string | null;
  /** For example `snowflake`; null when not known. */
  readonly storageKind: string | null;
}

/** A matcher that is ready: the keys of all assets that may be a table, none, one or several. */
export interface LoadedUpstream {
  readonly name: string;
  readonly match: (table: UpstreamTable) => readonly AssetKey[];
}

/** Asks one matcher after the other; the first that finds exactly one asset decides. */
export function matchUpstream(
  matchers: readonly LoadedUpstream[],
  table: UpstreamTable,
): {
  readonly key: AssetKey | null;
  readonly matchedBy: string | null;
  readonly candidates: readonly AssetKey[];
} {
  let candidates: readonly AssetKey[] = [];
  for (const { name, match } of matchers) {
    const keys = [...new Map(match(table).map((key) => [key.toString(), key])).values()];
    const [only] = keys;
    if (only !== undefined && keys.length === 1) return { key: only, matchedBy: name, candidates: [] };
    if (candidates.length === 0) candidates = keys;
  }
  return { key: null, matchedBy: null, candidates };
}

/** Assets by the tables that they are. */
export class TableIndex {
  readonly #byName = new Map<string, { readonly path: readonly string[]; readonly key: AssetKey }[]>();

  constructor(entries: Iterable<readonly [path: readonly string[], key: AssetKey]>) {
    for (const [path, key] of entries) {
      const name = path.at(-1)?.toLowerCase() ?? "";
      const named = this.#byName.get(name);
      if (named === undefined) this.#byName.set(name, [{ path, key }]);
      else named.push({ path, key });
    }
  }

  /** Without regard to case. Of a shorter name than the path, or a longer one, every asset it may mean. */
  find(path: readonly string[]): readonly AssetKey[] {
    const named = this.#byName.get(path.at(-1)?.toLowerCase() ?? "") ?? [];
    const fitting = named.filter((entry) => nameFits(path, entry.path));
    const whole = fitting.filter((entry) => entry.path.length === path.length);
    return (whole.length > 0 ? whole : fitting).map(({ key }) => key);
  }
}
