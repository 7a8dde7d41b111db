import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { go, type SnapshotKeys, snapshot } from "fuzzysort";
import type { GraphModel } from "../../model/graph-model.ts";

/** Something that can be found. */
export type Found =
  | { readonly type: "asset"; readonly asset: number }
  | { readonly type: "column"; readonly column: number; readonly asset: number };

interface AssetEntry {
  readonly asset: number;
  readonly name: string;
  /** Where it is, whose it is, what it is called elsewhere. */
  readonly around: string;
}

interface ColumnEntry {
  /** Index of the name. */
  readonly name: number;
  readonly text: string;
}

const mostAssets = 30;
const mostColumnNames = 8;
const mostPerName = 4;

/** With fewer letters than this nearly everything fits somehow: only where they stand together counts. */
const fewestFuzzy = 3;

/** Finds assets and columns by a few letters of their names, in whatever case. */
export class SearchIndex {
  readonly #assets: SnapshotKeys<AssetEntry>;
  /** In small letters, by index of the asset. */
  readonly #names: readonly string[];
  readonly #columns: SnapshotKeys<ColumnEntry> | null;
  readonly #known: ColumnIndex | null;

  constructor(graph: GraphModel, columns: ColumnIndex | null) {
    this.#assets = snapshot(
      graph.assets.map(({ name, folder, owners, path, table }, asset) => ({
        asset,
        name,
        around: [path.join("/"), folder.join("/"), ...owners, table ?? ""].join(" "),
      })),
      { keys: ["name", "around"] },
    );
    this.#names = graph.assets.map(({ name }) => name.toLowerCase());
    this.#known = columns;
    this.#columns =
      columns === null
        ? null
        : snapshot(
            columns.names.map((text, name) => ({ name, text })),
            { keys: ["text"] },
          );
  }

  find(query: string): readonly Found[] {
    const wanted = query.trim();
    if (wanted === "") return [];
    if (wanted.length < fewestFuzzy) return this.#findTogether(wanted.toLowerCase());
    const assets = go(wanted, this.#assets, { limit: mostAssets, threshold: 0.2 });
    const best = assets[0]?.score ?? 0;
    const found: Found[] = assets.map(({ obj }) => ({ type: "asset", asset: obj.asset }));
    const columns = this.#findColumns(wanted);
    // A name that fits a column better than any asset comes first.
    return columns.score > best ? [...columns.found, ...found] : [...found, ...columns.found];
  }

  /** Names that begin with the letters, then those that hold them. */
  #findTogether(letters: string): readonly Found[] {
    const first: number[] = [];
    const others: number[] = [];
    for (const [asset, name] of this.#names.entries()) {
      if (first.length === mostAssets) break;
      const at = name.indexOf(letters);
      if (at === 0) first.push(asset);
      else if (at > 0 && others.length < mostAssets) others.push(asset);
    }
    return [...first, ...others].slice(0, mostAssets).map((asset) => ({ type: "asset", asset }));
  }

  #findColumns(wanted: string): { readonly score: number; readonly found: readonly Found[] } {
    const known = this.#known;
    if (known === null || this.#columns === null) return { score: 0, found: [] };
    const names = go(wanted, this.#columns, { limit: mostColumnNames, threshold: 0.3 });
    const found = names.flatMap(({ obj }) =>
      known
        .columnsNamed(obj.name)
        .slice(0, mostPerName)
        .map((column): Found => ({ type: "column", column, asset: known.assetOf(column) })),
    );
    return { score: names[0]?.score ?? 0, found };
  }
}
