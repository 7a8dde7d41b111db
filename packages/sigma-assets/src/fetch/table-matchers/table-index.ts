import type { AssetKey } from "@dagster-sigma/asset-graph";
import { nameFits } from "../../state/table-name-fits.ts";

/** Index of assets by table. */
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

  /** Case-insensitive. For names that are shorter or longer than the path, returns all matching assets. */
  find(path: readonly string[]): readonly AssetKey[] {
    const named = this.#byName.get(path.at(-1)?.toLowerCase() ?? "") ?? [];
    const fitting = named.filter((entry) => nameFits(path, entry.path));
    const whole = fitting.filter((entry) => entry.path.length === path.length);
    return (whole.length > 0 ? whole : fitting).map(({ key }) => key);
  }
}
