import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { go, type SnapshotKeys, snapshot } from "fuzzysort";
import type { GraphModel } from "../../model/graph-model.ts";

/** Something that can be found. */
export type Found =
  | { readonly type: "asset"; readonly asset: number }
  | { readonly type: "column"; readonly column: number; readonly asset: number }
  /** Several columns of one asset, separated by commas in the query. */
  | { readonly type: "columns"; readonly columns: readonly number[]; readonly asset: number }
  | {
      readonly type: "folder";
      readonly path: readonly string[];
      readonly asset: number;
      readonly assets: number;
    }
  | { readonly type: "owner"; readonly owner: string; readonly assets: number };

const mostAssets = 20;
const mostColumns = 12;
const mostFolders = 4;
const mostOwners = 3;

/** With fewer letters than this, most names would match somehow: then only whole words are looked for. */
const fewestFuzzy = 3;

/** Words in small letters; `_`, `.`, `,`, `/` and `-` separate words as spaces do. */
function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_.,/-]+/g, " ")
    .trim();
}

interface Place {
  readonly text: string;
  readonly path: readonly string[];
  /** One of its assets. */
  readonly asset: number;
  assets: number;
}

/** Finds assets, columns, folders and owners by words of their names, in any case and order. */
export class SearchIndex {
  readonly #assets: SnapshotKeys<{ readonly asset: number; readonly name: string }>;
  /** Names, and everything else about the asset, by index. */
  readonly #names: readonly string[];
  readonly #texts: readonly string[];
  readonly #folders: readonly Place[];
  readonly #owners: ReadonlyMap<string, number>;
  readonly #columns: readonly string[];
  readonly #known: ColumnIndex | null;

  constructor(graph: GraphModel, columns: ColumnIndex | null) {
    this.#assets = snapshot(
      graph.assets.map(({ name }, asset) => ({ asset, name })),
      { keys: ["name"] },
    );
    this.#names = graph.assets.map(({ name }) => wordsOf(name));
    this.#texts = graph.assets.map(({ name, folder, owners, path, table }) =>
      wordsOf([name, path.join(" "), folder.join(" "), ...owners, table ?? ""].join(" ")),
    );
    this.#folders = foldersOf(graph);
    const owners = new Map<string, number>();
    for (const owner of graph.assets.flatMap((asset) => asset.owners))
      owners.set(owner, (owners.get(owner) ?? 0) + 1);
    this.#owners = owners;
    this.#known = columns;
    this.#columns = columns === null ? [] : columns.names.map(wordsOf);
  }

  /** What has all words of the query: best first. */
  find(query: string): readonly Found[] {
    const several = this.#findSeveral(query);
    if (several !== null) return [several];
    const text = wordsOf(query);
    if (text === "") return [];
    const words = text.split(" ");
    const assets = this.#findAssets(text, words);
    const columns = this.#findColumns(words);
    const isBetter = columns.isWhole && !assets.isWhole;
    return [
      ...(isBetter ? columns.found : []),
      ...assets.found,
      ...this.#findFolders(words),
      ...this.#findOwners(words),
      ...(isBetter ? [] : columns.found),
    ];
  }

  #findAssets(text: string, words: readonly string[]): FoundOfType {
    const scored: (readonly [number, number])[] = [];
    let isWhole = false;
    for (const [asset, all] of this.#texts.entries()) {
      if (!words.every((word) => all.includes(word))) continue;
      const name = this.#names[asset] ?? "";
      isWhole ||= name === text;
      scored.push([asset, scoreOf(name, text, words)]);
    }
    if (scored.length > 0) {
      scored.sort(
        ([a, x], [b, y]) => y - x || (this.#names[a]?.length ?? 0) - (this.#names[b]?.length ?? 0) || a - b,
      );
      return { isWhole, found: scored.slice(0, mostAssets).map(([asset]) => ({ type: "asset", asset })) };
    }
    if (text.length < fewestFuzzy) return { isWhole, found: [] };
    // Nothing has the words: letters may be missing.
    const fuzzy = go(text, this.#assets, { limit: mostAssets, threshold: 0.3 });
    return { isWhole, found: fuzzy.map(({ obj }) => ({ type: "asset", asset: obj.asset })) };
  }

  /** Columns whose name has some of the words, and whose asset has the others. */
  #findColumns(words: readonly string[]): FoundOfType {
    const known = this.#known;
    if (known === null || words.join("").length < fewestFuzzy) return { isWhole: false, found: [] };
    const scored: { readonly column: number; readonly asset: number; readonly score: number }[] = [];
    let isWhole = false;
    for (const [name, text] of this.#columns.entries()) {
      const rest = words.filter((word) => !text.includes(word));
      if (rest.length === words.length) continue;
      const own = words.filter((word) => text.includes(word)).join(" ");
      for (const column of known.columnsNamed(name)) {
        const asset = known.assetOf(column);
        const about = this.#texts[asset] ?? "";
        if (!rest.every((word) => about.includes(word))) continue;
        const isSame = text === own || text.endsWith(` ${own}`);
        isWhole ||= isSame;
        // `orders net_amount` is the column of `orders`, even where another asset has a column `Orders/Net Amount`.
        const isPair = isSame && rest.join(" ") === this.#names[asset];
        scored.push({
          column,
          asset,
          score: (isPair ? 200 : isSame ? 100 : 0) + 10 * (words.length - rest.length) - text.length / 100,
        });
      }
    }
    scored.sort((a, b) => b.score - a.score || a.column - b.column);
    return {
      isWhole,
      found: scored.slice(0, mostColumns).map(({ column, asset }) => ({ type: "column", column, asset })),
    };
  }

  /** For example `orders net_amount, id`: the first names the asset. Null if a part is not one of its columns. */
  #findSeveral(query: string): Found | null {
    const known = this.#known;
    const [first = "", ...others] = query.split(",").map(wordsOf);
    if (known === null || others.length === 0 || others.some((part) => part === "")) return null;
    const [start] = this.#findColumns(first.split(" ")).found;
    if (start?.type !== "column") return null;
    const own = known.columnsOf(start.asset);
    const rest = others.map((part) => {
      const isSame = (column: number): boolean => wordsOf(known.nameOf(column)) === part;
      const endsWith = (column: number): boolean => wordsOf(known.nameOf(column)).endsWith(` ${part}`);
      return own.find(isSame) ?? own.find(endsWith);
    });
    const columns = [start.column, ...rest.filter((column) => column !== undefined)];
    if (columns.length <= others.length) return null;
    return { type: "columns", columns: [...new Set(columns)], asset: start.asset };
  }

  #findFolders(words: readonly string[]): readonly Found[] {
    const found = this.#folders.filter(({ text }) => words.every((word) => text.includes(word)));
    return found
      .sort((a, b) => a.text.length - b.text.length)
      .slice(0, mostFolders)
      .map(({ path, asset, assets }) => ({ type: "folder", path, asset, assets }));
  }

  #findOwners(words: readonly string[]): readonly Found[] {
    return [...this.#owners]
      .filter(([owner]) => words.every((word) => wordsOf(owner).includes(word)))
      .slice(0, mostOwners)
      .map(([owner, assets]) => ({ type: "owner", owner, assets }));
  }
}

interface FoundOfType {
  readonly found: readonly Found[];
  /** Whether one has exactly the name that is looked for. */
  readonly isWhole: boolean;
}

/** Names that begin with the query come first, then those that contain it, then those with its words. */
function scoreOf(name: string, text: string, words: readonly string[]): number {
  if (name === text) return 100;
  if (name.startsWith(text)) return 80;
  if (name.includes(` ${text}`)) return 60;
  if (name.includes(text)) return 50;
  return 10 * words.filter((word) => name.includes(word)).length;
}

function foldersOf({ assets }: GraphModel): readonly Place[] {
  const places = new Map<string, Place>();
  for (const [asset, { folder, kind }] of assets.entries())
    for (let depth = 1; depth <= folder.length; depth++) {
      const path = folder.slice(0, depth);
      const id = `${kind}\n${path.join("\n")}`;
      const known = places.get(id);
      if (known === undefined) places.set(id, { text: wordsOf(path.at(-1) ?? ""), path, asset, assets: 1 });
      else known.assets++;
    }
  return [...places.values()];
}
