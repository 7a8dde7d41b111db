import { computed, signal } from "@preact/signals";
import { formatViewState, parseViewState, type ViewState } from "../../model/view-address.ts";

/** What is shown: what the address says. */
export const view = signal<ViewState>(parseViewState(globalThis.location?.search ?? ""));

/** Whether the graph view shows the overview, and not cards: neither a neighborhood nor the lineage of a column. */
export const isOverviewShown = computed(() => {
  const { tab, picture, focus, isTracing } = view.value;
  return tab === "graph" && picture === "overview" && focus === null && !isTracing;
});

/** Whether the graph view shows the lineage of one asset. */
export const isLineageShown = computed(() => {
  const { tab, picture, focus, isTracing } = view.value;
  return tab === "graph" && picture === "overview" && focus !== null && !isTracing;
});

/** Shows something else; the way back is that of the browser, unless what was shown before is not worth going back to. */
export function changeView(change: Partial<ViewState>, options: { readonly isMinor?: boolean } = {}): void {
  // Further columns are those of an asset, beside one.
  const isOther = change.asset !== undefined || change.column !== undefined;
  const next = { ...view.value, ...(isOther ? { alsoColumns: [] } : {}), ...change };
  const address = formatViewState(next);
  if (address !== formatViewState(view.value)) {
    if (options.isMinor === true) history.replaceState(null, "", address || location.pathname);
    else history.pushState(null, "", address || location.pathname);
  }
  view.value = next;
}

/** Follows the browser's way back. */
export function followHistory(): void {
  addEventListener("popstate", () => {
    view.value = parseViewState(location.search);
  });
}

/** Selects an asset; its column is no longer the selected one. */
export function selectAsset(key: string | null): void {
  changeView({ asset: key, column: null, isTracing: false });
}
