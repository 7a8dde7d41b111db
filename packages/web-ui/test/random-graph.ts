import type { PageAsset, PageGraph } from "../src/model/page-graph.ts";
import { sampleKinds } from "./sample-kinds.ts";

/** A generator of numbers from 0 up to 1 that is deterministic for a seed. */
export function seeded(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 12_345) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export interface RandomGraphOptions {
  readonly assets: number;
  readonly seed: number;
  readonly folders?: number;
  /** Mean number of dependencies of assets other than tables. */
  readonly deps?: number;
}

const kinds: readonly string[] = sampleKinds.map(({ id }) => id);

/** A graph shaped like an organization; edges lead from lower to higher indices, whatever the kinds. */
export function randomGraph({ assets: count, seed, folders = 20, deps = 2 }: RandomGraphOptions): PageGraph {
  const random = seeded(seed);
  const assets = Array.from({ length: count }, (_asset, at): PageAsset => {
    const share = at / count;
    const kind =
      random() < 0.03
        ? (kinds[Math.floor(random() * kinds.length)] ?? "other")
        : share < 0.42
          ? "table"
          : share < 0.46
            ? "dataset"
            : share < 0.6
              ? "dataModel"
              : "workbook";
    const folder = Math.floor(random() * folders);
    return pageAsset(at, {
      kind,
      kinds: [kind],
      folder:
        kind === "table"
          ? ["db", `schema_${folder}`]
          : [`Folder ${folder}`, `Sub ${Math.floor(random() * 4)}`],
      owners: random() < 0.1 ? [] : [`owner${Math.floor(random() * 12)}@example.com`],
      isStub: kind === "table",
    });
  });
  const edges: number[] = [];
  for (let to = 1; to < count; to++) {
    if (assets[to]?.kind === "table") continue;
    const wanted = Math.round(deps * 2 * random());
    const from = new Set<number>();
    for (let dep = 0; dep < wanted; dep++) from.add(Math.floor(random() * to));
    for (const each of from) edges.push(each, to);
  }
  return pageGraph(assets, edges);
}

export function pageAsset(at: number, part: Partial<PageAsset> = {}): PageAsset {
  return {
    key: `asset_${at}`,
    path: [`asset_${at}`],
    name: `Asset ${at}`,
    kind: "other",
    kinds: [],
    folder: [],
    connection: null,
    group: null,
    owners: [],
    tags: {},
    url: null,
    urlLabel: null,
    table: null,
    updatedAt: null,
    columns: 0,
    isStub: false,
    isArchived: false,
    ...part,
  };
}

export function pageGraph(assets: readonly PageAsset[], edges: readonly number[]): PageGraph {
  return {
    version: "1",
    fetchedAt: null,
    sources: [],
    scopes: [],
    kinds: sampleKinds,
    assets,
    edges,
    diagnostics: [],
    explanations: {},
    outcomes: [],
  };
}
