import { nameFits } from "../../state/table-name-fits.ts";

/** Index of assets, or of other things, by table. */
export class TableIndex<Value> {
  readonly #byName = new Map<string, { readonly path: readonly string[]; readonly value: Value }[]>();

  constructor(entries: Iterable<readonly [path: readonly string[], value: Value]>) {
    for (const [path, value] of entries) {
      const name = path.at(-1)?.toLowerCase() ?? "";
      const named = this.#byName.get(name);
      if (named === undefined) this.#byName.set(name, [{ path, value }]);
      else named.push({ path, value });
    }
  }

  /** Case-insensitive. For names that are shorter or longer than the path, returns all that match. */
  find(path: readonly string[]): readonly Value[] {
    const named = this.#byName.get(path.at(-1)?.toLowerCase() ?? "") ?? [];
    const fitting = named.filter((entry) => nameFits(path, entry.path));
    const whole = fitting.filter((entry) => entry.path.length === path.length);
    return (whole.length > 0 ? whole : fitting).map(({ value }) => value);
  }
}
