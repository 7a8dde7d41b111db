import type { PageAsset, PageGraph } from "./page-graph.ts";

/** Each different value once, and its index by asset. */
interface Dictionary<Value> {
  readonly values: readonly Value[];
  readonly at: readonly number[];
}

/** Properties of which many assets have the same value. */
type SharedProperty =
  | "kind"
  | "kinds"
  | "folder"
  | "connection"
  | "group"
  | "owners"
  | "tags"
  | "urlLabel"
  | "columns";

const shared: readonly SharedProperty[] = [
  "kind",
  "kinds",
  "folder",
  "connection",
  "group",
  "owners",
  "tags",
  "urlLabel",
  "columns",
];

/**
 * The graph as it is sent: a list per property instead of an object per asset, and edges as differences. Compressed, it has half
 * the size.
 */
export interface PackedGraph extends Omit<PageGraph, "assets" | "edges"> {
  readonly assets: {
    readonly key: readonly string[];
    /** Null where it is the last segment of the key. */
    readonly name: readonly (string | null)[];
    readonly url: readonly (string | null)[];
    /** True where it is the segments of the key joined with dots. */
    readonly table: readonly (string | true | null)[];
    readonly updatedAt: readonly (number | null)[];
    readonly shared: { readonly [Name in SharedProperty]: Dictionary<PageAsset[Name]> };
    /** Indices. */
    readonly stubs: readonly number[];
    readonly archived: readonly number[];
  };
  /** Differences to the previous upstream and downstream asset. */
  readonly edges: readonly number[];
}

/** Packs a graph, with or without its version. */
export function packGraph<Graph extends Omit<PageGraph, "version">>(
  graph: Graph,
): Omit<Graph, "assets" | "edges"> & Pick<PackedGraph, "assets" | "edges"> {
  const { assets } = graph;
  const indices = (isIn: (asset: PageAsset) => boolean): readonly number[] =>
    assets.flatMap((asset, at) => (isIn(asset) ? [at] : []));
  return {
    ...graph,
    assets: {
      key: assets.map(({ key }) => key),
      name: assets.map(({ name, path }) => (name === path.at(-1) ? null : name)),
      url: assets.map(({ url }) => url),
      table: assets.map(({ table, path }) => (table !== null && table === path.join(".") ? true : table)),
      updatedAt: assets.map(({ updatedAt }) => updatedAt),
      shared: Object.fromEntries(
        shared.map((name) => [name, dictionary(assets.map((asset) => asset[name]))]),
      ) as PackedGraph["assets"]["shared"],
      stubs: indices(({ isStub }) => isStub),
      archived: indices(({ isArchived }) => isArchived),
    },
    edges: differences(graph.edges, 1),
  };
}

export function unpackGraph(packed: PackedGraph): PageGraph {
  const { key: keys, name, url, table, updatedAt, shared: dictionaries } = packed.assets;
  const stubs = new Set(packed.assets.stubs);
  const archived = new Set(packed.assets.archived);
  const sharedValue = <Name extends SharedProperty>(property: Name, at: number): PageAsset[Name] => {
    const { values, at: indices } = dictionaries[property];
    return values[indices[at] ?? 0] as PageAsset[Name];
  };
  return {
    ...packed,
    assets: keys.map((key, at): PageAsset => {
      const path = pathOfKey(key);
      const ownTable = table[at] ?? null;
      return {
        key,
        path,
        name: name[at] ?? path.at(-1) ?? "",
        kind: sharedValue("kind", at),
        kinds: sharedValue("kinds", at),
        folder: sharedValue("folder", at),
        connection: sharedValue("connection", at),
        group: sharedValue("group", at),
        owners: sharedValue("owners", at),
        tags: sharedValue("tags", at),
        url: url[at] ?? null,
        urlLabel: sharedValue("urlLabel", at),
        table: ownTable === true ? path.join(".") : ownTable,
        updatedAt: updatedAt[at] ?? null,
        columns: sharedValue("columns", at),
        isStub: stubs.has(at),
        isArchived: archived.has(at),
      };
    }),
    edges: differences(packed.edges, -1),
  };
}

/** The segments of a key that were joined with `/`; `\` and `/` in a segment have a `\` before them. */
function pathOfKey(key: string): readonly string[] {
  if (!key.includes("\\")) return key.split("/");
  const path = [""];
  for (const [part] of key.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (part === "/") path.push("");
    else path[path.length - 1] += part.length > 1 && part.startsWith("\\") ? part.slice(1) : part;
  }
  return path;
}

function dictionary<Value>(all: readonly Value[]): Dictionary<Value> {
  const values: Value[] = [];
  const known = new Map<string, number>();
  const at = all.map((value) => {
    const id = JSON.stringify(value);
    const index = known.get(id) ?? values.push(value) - 1;
    known.set(id, index);
    return index;
  });
  return { values, at };
}

/** Pairs as differences to the pair before (1), or from such differences (-1). */
function differences(pairs: readonly number[], direction: 1 | -1): readonly number[] {
  const changed = new Array<number>(pairs.length);
  for (let at = 0; at < pairs.length; at++) {
    const before = direction === 1 ? (pairs[at - 2] ?? 0) : (changed[at - 2] ?? 0);
    changed[at] = (pairs[at] ?? 0) - direction * before;
  }
  return changed;
}
