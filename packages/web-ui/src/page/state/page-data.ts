import { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { batch, computed, signal } from "@preact/signals";
import { GraphModel } from "../../model/graph-model.ts";
import { type PackedGraph, unpackGraph } from "../../model/packed-graph.ts";
import type { PageAssetDetails, PageColumns } from "../../model/page-graph.ts";
import type { PageStatus } from "../../model/page-status.ts";
import { prepareFocusLayout } from "../focus/fetch-focus-layout.ts";
import { fetchJson } from "./fetch-json.ts";
import { nextTask } from "./next-task.ts";

/** The graph; null until it is there. */
export const model = signal<GraphModel | null>(null);

/** The columns of the graph; null until they are there, which is after the first picture. */
export const columns = signal<ColumnIndex | null>(null);

/** A graph with its columns. */
export interface CompleteGraph {
  readonly model: GraphModel;
  readonly columns: ColumnIndex;
}

/** The graph as it was when the page was opened; null until it is complete. */
export const openedGraph = signal<CompleteGraph | null>(null);

/** The graph before the newest one; null if none was replaced. */
export const replacedGraph = signal<CompleteGraph | null>(null);

export const status = signal<PageStatus>({
  version: null,
  failure: null,
  progress: null,
  canRefresh: false,
  hasDagster: false,
});

/** Whether the server answers. */
export const isConnected = signal(true);

/** Index of an asset by its key, in the graph as it is now. */
export const indexOfKey = computed(() => {
  const current = model.value;
  return (key: string | null): number | null => (key === null ? null : (current?.indexOf(key) ?? null));
});

/** Listens for what changes, and fetches it; what is selected and seen stays. */
export function connect(): void {
  void loadGraph();
  listen();
  // A browser has few connections for all of its tabs: a hidden one closes its connection.
  document.addEventListener("visibilitychange", () => (document.hidden ? stopListening() : listen()));
}

/** The server limits status streams: without one, the page requests the status, and a stream again, after this time, in ms. */
const retryStreamMs = 10_000;

let events: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

function listen(): void {
  if (events !== null || document.hidden) return;
  const opened = new EventSource("/api/events");
  events = opened;
  opened.onmessage = ({ data }) => follow(JSON.parse(data) as PageStatus);
  opened.onerror = () => {
    // The browser connects again after a lost connection, but not after a refusal.
    if (opened.readyState === EventSource.CLOSED) void followWithoutStream();
    else isConnected.value = false;
  };
}

function stopListening(): void {
  clearTimeout(retry);
  events?.close();
  events = null;
}

async function followWithoutStream(): Promise<void> {
  stopListening();
  retry = setTimeout(listen, retryStreamMs);
  const current = await fetchJson<PageStatus>("/api/status");
  if (current === null) isConnected.value = false;
  else follow(current);
}

function follow(current: PageStatus): void {
  if (!isConnected.value) details.clear();
  isConnected.value = true;
  status.value = current;
  void followVersion();
}

/** Fetches until the graph is the one that the server has. */
async function followVersion(): Promise<void> {
  const { version } = status.value;
  if (version === null || version === model.value?.graph.version) return;
  await loadGraph();
  if (status.value.version !== version) await followVersion();
}

function complete(graph: GraphModel, known: ColumnIndex): CompleteGraph {
  return { model: graph, columns: known };
}

let loading: Promise<void> | null = null;

function loadGraph(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  const packed = await fetchJson<PackedGraph>("/api/graph");
  if (packed === null || packed.version === model.value?.graph.version) return;
  const isFirst = model.value === null;
  await nextTask();
  const graph = unpackGraph(packed);
  const next = new GraphModel(graph);
  await nextTask();
  if (isFirst) {
    model.value = next;
    await pictureIsDrawn();
  }
  const data = await fetchJson<PageColumns>("/api/columns");
  await nextTask();
  // Of another version: what changed in between is fetched next.
  const known = data?.version === graph.version ? new ColumnIndex(data) : null;
  await nextTask();
  const before = model.value === null || columns.value === null ? null : complete(model.value, columns.value);
  batch(() => {
    model.value = next;
    columns.value = known;
    if (known !== null) openedGraph.value ??= complete(next, known);
    if (!isFirst) replacedGraph.value = before;
  });
  details.clear();
  if (isFirst) prepareFocusLayout();
}

/** The page is in the first frame, the first picture in the one after it. */
async function pictureIsDrawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await nextTask();
}

const details = new Map<string, Promise<PageAssetDetails | null>>();

/** The details of an asset; null if they are not available now. */
export function fetchDetails(key: string): Promise<PageAssetDetails | null> {
  const known = details.get(key);
  const graph = model.value;
  const asset = graph?.indexOf(key) ?? null;
  if (known !== undefined || graph === null || asset === null) return known ?? Promise.resolve(null);
  const query = new URLSearchParams({ asset: String(asset), version: graph.graph.version });
  const asked = fetchJson<PageAssetDetails>(`/api/details?${query}`).then((answer) => {
    // It is asked for again the next time.
    if (answer === null) details.delete(key);
    return answer;
  });
  details.set(key, asked);
  return asked;
}

/** Has the server fetch what changed; how far it is comes by itself. */
export async function askForRefresh(): Promise<void> {
  try {
    await fetch("/api/refresh", { method: "POST" });
  } catch {
    isConnected.value = false;
  }
}
