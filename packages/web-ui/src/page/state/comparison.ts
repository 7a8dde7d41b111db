import {
  type AssetsDiff,
  type ComparedGraph,
  describeDiff,
  diffGraphs,
  type GraphDiff,
} from "@dagster-sigma/asset-graph/difference";
import { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { computed, effect, signal } from "@preact/signals";
import { changeMarks } from "../../model/change-marks.ts";
import { comparedPage } from "../../model/compared-page.ts";
import { GraphModel } from "../../model/graph-model.ts";
import { type PackedGraph, unpackGraph } from "../../model/packed-graph.ts";
import type { PageColumns, PageIdentities } from "../../model/page-graph.ts";
import { fetchJson } from "../state/fetch-json.ts";
import { nextTask } from "../state/next-task.ts";
import { columns, model, openedGraph, replacedGraph } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";

/** A graph of the past that the server offers. */
export interface EarlierState {
  readonly id: string;
  readonly fetchedAt: string | null;
  readonly file: string | null;
}

/** The difference between a graph of the past and the present one. */
export interface Comparison {
  readonly before: ComparedGraph;
  readonly now: ComparedGraph;
  readonly diff: GraphDiff;
  readonly named: AssetsDiff;
  /** How long the server took to load the graph of the past, in ms; null if it did not have to. */
  readonly wallMs: number | null;
}

/** Id of the graph as it was when the page was opened. */
export const openedId = "opened";

/** The graphs of the past that the server offers; null until they are known. */
export const earlierStates = signal<readonly EarlierState[] | null>(null);

export const comparison = signal<Comparison | null>(null);

/** Why there is no comparison, or that it is on its way; null otherwise. */
export const comparisonNote = signal<{ readonly text: string; readonly isError: boolean } | null>(null);

export async function fetchEarlierStates(): Promise<void> {
  earlierStates.value = (await fetchJson<readonly EarlierState[]>("/api/earlier")) ?? [];
}

/** How long a change that arrives while the page is open stays marked, in ms. */
const liveMs = 60_000;

/** What the last change that arrived changed; null if that was a while ago. */
export const liveDiff = signal<{ readonly version: string; readonly diff: GraphDiff } | null>(null);

/** Marks of the chosen comparison; without one, of a change that has just arrived. */
export const marks = computed(() => {
  const diff = comparison.value?.diff ?? liveDiff.value?.diff;
  return diff === undefined ? null : changeMarks(diff);
});

/** Follows the address and the graph. */
export function followChanges(): void {
  const since = computed(() => view.value.since);
  effect(() => {
    const [graph, known] = [model.value, columns.value];
    const id = since.value;
    comparison.value = null;
    comparisonNote.value = null;
    if (id !== null && graph !== null && known !== null) void compare(id, graph, known);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const before = replacedGraph.value;
    const [graph, known] = [model.peek(), columns.peek()];
    if (before === null || graph === null || known === null) return;
    void nextTask().then(() => {
      // It is not needed any more, and is as large as the present one.
      replacedGraph.value = null;
      const diff = diffGraphs(
        comparedPage(before.model, before.columns, null),
        comparedPage(graph, known, null),
      );
      liveDiff.value = { version: graph.graph.version, diff };
      clearTimeout(timer);
      timer = setTimeout(() => (liveDiff.value = null), liveMs);
    });
  });
}

async function compare(id: string, graph: GraphModel, known: ColumnIndex): Promise<void> {
  const isWanted = (): boolean => view.value.since === id && model.value === graph && columns.value === known;
  comparisonNote.value = { text: "Loading the definitions from that state …", isError: false };
  const before = id === openedId ? opened() : await loadEarlier(id);
  if (!isWanted()) return;
  if (typeof before === "string") {
    comparisonNote.value = { text: before, isError: true };
    return;
  }
  const identities = id === openedId ? null : await fetchJson<PageIdentities>("/api/identities");
  await nextTask();
  if (!isWanted()) return;
  // With the next version of the graph, this is done again.
  if (identities !== null && identities.version !== graph.graph.version) return;
  const now = comparedPage(graph, known, identities);
  const diff = diffGraphs(before.graph, now);
  const named = describeDiff(before.graph, now, diff);
  comparison.value = { before: before.graph, now, diff, named, wallMs: before.wallMs };
  comparisonNote.value = null;
}

/** A graph of the past; a text says why there is none. */
type Earlier = { readonly graph: ComparedGraph; readonly wallMs: number | null } | string;

function opened(): Earlier {
  const first = openedGraph.value;
  if (first === null) return "The graph was not complete when the page was opened.";
  return { graph: comparedPage(first.model, first.columns, null), wallMs: null };
}

async function loadEarlier(id: string): Promise<Earlier> {
  const query = new URLSearchParams({ id });
  const wallMs = await startLoad(query);
  if (typeof wallMs === "string") return wallMs;
  const part = <Answer>(name: string): Promise<Answer | null> =>
    fetchJson<Answer>(`/api/earlier/${name}?${query}`);
  const [packed, data, identities] = await Promise.all([
    part<PackedGraph>("graph"),
    part<PageColumns>("columns"),
    part<PageIdentities>("identities"),
  ]);
  if (packed === null || data === null) return "The server does not answer.";
  await nextTask();
  const graph = new GraphModel(unpackGraph(packed));
  await nextTask();
  return { graph: comparedPage(graph, new ColumnIndex(data), identities), wallMs };
}

/** Has the server load a state. Returns how long that took, in ms, or why it failed. */
async function startLoad(query: URLSearchParams): Promise<number | string> {
  try {
    const response = await fetch(`/api/earlier/load?${query}`);
    const answer = (await response.json()) as { readonly wallMs: number } | { readonly error: string };
    return "error" in answer ? answer.error : answer.wallMs;
  } catch {
    return "The server does not answer.";
  }
}
