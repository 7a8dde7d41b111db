import { batch, computed, signal } from "@preact/signals";
import { ColumnModel } from "../../model/column-model.ts";
import { GraphModel } from "../../model/graph-model.ts";
import type { PageAssetDetails, PageColumns, PageGraph } from "../../model/page-graph.ts";
import type { PageStatus } from "../../model/page-status.ts";
import { prepareFocusLayout } from "../focus/fetch-focus-layout.ts";
import { nextTask } from "./next-task.ts";

/** The graph; null until it is there. */
export const model = signal<GraphModel | null>(null);

/** The columns of the graph; null until they are there, which is after the first picture. */
export const columns = signal<ColumnModel | null>(null);

export const status = signal<PageStatus>({ version: null, failure: null, progress: null, canRefresh: false });

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
  const events = new EventSource("/api/events");
  events.onmessage = ({ data }) => {
    isConnected.value = true;
    const next = JSON.parse(data) as PageStatus;
    status.value = next;
    if (next.version !== null && next.version !== model.value?.graph.version) void loadGraph();
  };
  events.onerror = () => {
    isConnected.value = false;
  };
}

let loading: Promise<void> | null = null;

function loadGraph(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null;
  });
  return loading;
}

async function load(): Promise<void> {
  const response = await fetch("/api/graph");
  if (!response.ok) return;
  const graph = (await response.json()) as PageGraph;
  if (graph.version === model.value?.graph.version) return;
  await nextTask();
  const next = new GraphModel(graph);
  await nextTask();
  batch(() => {
    model.value = next;
    columns.value = null;
  });
  details.clear();
  await pictureIsDrawn();
  const answer = await fetch("/api/columns");
  if (!answer.ok) return;
  const data = (await answer.json()) as PageColumns;
  await nextTask();
  const known = new ColumnModel(data);
  await nextTask();
  // Of another version: what changed in between is fetched next.
  if (data.version === model.value?.graph.version) columns.value = known;
  prepareFocusLayout();
}

/** The page is in the first frame, the first picture in the one after it. */
async function pictureIsDrawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await nextTask();
}

const details = new Map<string, Promise<PageAssetDetails | null>>();

/** All that is known of an asset; null when it cannot be had. */
export function fetchDetails(key: string): Promise<PageAssetDetails | null> {
  const known = details.get(key);
  if (known !== undefined) return known;
  const asked = fetch(`/api/details?key=${encodeURIComponent(key)}`)
    .then(async (response) => (response.ok ? ((await response.json()) as PageAssetDetails) : null))
    .catch(() => null);
  details.set(key, asked);
  return asked;
}

/** Has the server fetch what changed; how far it is comes by itself. */
export async function askForRefresh(): Promise<void> {
  await fetch("/api/refresh", { method: "POST" });
}
