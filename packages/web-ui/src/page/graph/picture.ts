import { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import { groupBy } from "@dagster-sigma/foundation";
import { computed, effect, signal } from "@preact/signals";
import { assignLanes } from "../../layout/assign-lanes.ts";
import { buildMapLayout } from "../../layout/build-map-layout.ts";
import { cardSize, columnRow, type MapLayout } from "../../layout/map-layout.ts";
import type { GraphModel } from "../../model/graph-model.ts";
import { fetchFocusLayout } from "../focus/fetch-focus-layout.ts";
import { selectedAssets } from "../search/selection.ts";
import { nextTask } from "../state/next-task.ts";
import { columns, indexOfKey, model } from "../state/page-data.ts";
import { isLineageShown, isOverviewShown, view } from "../state/view-state.ts";

/** What is drawn: which assets, where they stand, and which lines there are. */
export interface Picture {
  readonly type: "map" | "focus" | "trace";
  readonly model: GraphModel;
  readonly layout: MapLayout;
  readonly assets: readonly number[];
  /** Edges between them. */
  readonly index: GraphIndex;
  /** Columns that cards show as rows, by asset; only where columns are traced. */
  readonly rows: ReadonlyMap<number, readonly number[]>;
  /** Pairs of columns; only where columns are traced. */
  readonly columnEdges: readonly number[];
}

/** Up to this number, assets are laid out by the library, which draws them best. */
const mostForLibrary = 220;

/** The picture as it is now; null until there is one. */
export const picture = signal<Picture | null>(null);

/** Why there is no picture of what was asked for; null when there is. */
export const pictureFailure = signal<string | null>(null);

interface Part {
  readonly type: Picture["type"];
  readonly assets: readonly number[];
  readonly rows: Picture["rows"];
  readonly columnEdges: readonly number[];
}

const none: ReadonlyMap<number, readonly number[]> = new Map();

/** What of the view decides which assets are drawn; another one only when they are others. */
const wanted = computed(() => {
  const { focus, isTracing, asset, column } = view.value;
  return JSON.stringify({
    // JSON has no infinity.
    focus: focus === null ? null : [focus.key, String(focus.up), String(focus.down)],
    traced: isTracing ? [asset, column] : null,
  });
});

const part = computed((): Part | null => {
  const graph = model.value;
  if (graph === null || wanted.value === "" || isOverviewShown.value || isLineageShown.value) return null;
  const { focus, isTracing, asset, column } = view.peek();
  if (isTracing && columns.value !== null) {
    const traced = tracedPart(indexOfKey.value(asset), column);
    if (traced !== null) return traced;
  }
  const center = indexOfKey.value(focus?.key ?? null);
  if (focus !== null && center !== null) {
    const around = new Set([
      ...graph.index.walkUp([center], focus.up).keys(),
      ...graph.index.walkDown([center], focus.down).keys(),
    ]);
    return { type: "focus", assets: [...around].sort((a, b) => a - b), rows: none, columnEdges: [] };
  }
  const selected = selectedAssets.value;
  const all = graph.assets.map((_asset, at) => at);
  return {
    type: "map",
    assets: selected === null ? all : all.filter((at) => selected.has(at)),
    rows: none,
    columnEdges: [],
  };
});

function tracedPart(asset: number | null, column: string | null): Part | null {
  const known = columns.value;
  if (known === null || asset === null || column === null) return null;
  const start = known.find({ asset, name: column });
  if (start === null) return null;
  const traced = [
    ...new Set([...known.index.walkUp([start]).keys(), ...known.index.walkDown([start]).keys()]),
  ];
  const rows = groupBy(
    traced.sort((a, b) => a - b),
    (each) => known.assetOf(each),
  );
  const isTraced = new Set(traced);
  const columnEdges: number[] = [];
  for (const each of traced) {
    for (const other of known.index.downstream(each)) if (isTraced.has(other)) columnEdges.push(each, other);
  }
  return { type: "trace", assets: [...rows.keys()].sort((a, b) => a - b), rows, columnEdges };
}

const grouping = computed(() => view.value.grouping);

/** Keeps `picture` up to date. */
export function followView(): void {
  let asked = 0;
  effect(() => {
    const graph = model.value;
    const shown = part.value;
    const by = grouping.value;
    const turn = ++asked;
    if (graph === null || shown === null) return;
    const fail = (thrown: unknown): void => {
      pictureFailure.value = thrown instanceof Error ? thrown.message : String(thrown);
    };
    try {
      const index = indexWithin(graph, shown);
      const show = (layout: MapLayout): void => {
        if (turn !== asked) return;
        // On a map there are no rows: too many assets for a picture of columns are shown by themselves.
        const isMapOfTrace = shown.type === "trace" && layout.blocks.length > 0;
        const part: Part = isMapOfTrace ? { ...shown, type: "focus", rows: none, columnEdges: [] } : shown;
        picture.value = { ...part, model: graph, layout, index };
        pictureFailure.value = null;
      };
      const large = (): MapLayout => buildMapLayout(graph.graph, index, by, shown.assets);
      if (shown.type !== "map" && shown.assets.length <= mostForLibrary)
        void fetchFocusLayout(focusRequest(graph, shown, index)).then(show, () => show(large()));
      else if (picture.peek() !== null) show(large());
      else void afterThePage(large).then(show).catch(fail);
    } catch (thrown) {
      fail(thrown);
    }
  });
}

/** The first picture waits for what stands around it. */
async function afterThePage(make: () => MapLayout): Promise<MapLayout> {
  await nextTask();
  const layout = make();
  await nextTask();
  return layout;
}

function indexWithin({ graph, index }: GraphModel, { assets }: Part): GraphIndex {
  if (assets.length === index.count) return index;
  const shown = new Set(assets);
  const edges: number[] = [];
  for (let at = 0; at < graph.edges.length; at += 2) {
    const from = graph.edges[at] as number;
    const to = graph.edges[at + 1] as number;
    if (shown.has(from) && shown.has(to)) edges.push(from, to);
  }
  return new GraphIndex(index.count, edges);
}

function focusRequest(
  graph: GraphModel,
  { assets, rows }: Part,
  index: GraphIndex,
): Parameters<typeof fetchFocusLayout>[0] {
  const lanes = new Map<number, number>();
  assignLanes(assets, index, (asset) => graph.kindOf(asset)).forEach((lane, at) => {
    for (const asset of lane.assets) lanes.set(asset, at);
  });
  return {
    count: index.count,
    assets,
    lanes: assets.map((asset) => lanes.get(asset) ?? 0),
    heights: assets.map((asset) => cardSize.height + (rows.get(asset)?.length ?? 0) * columnRow.height),
    edges: index.edges,
  };
}
