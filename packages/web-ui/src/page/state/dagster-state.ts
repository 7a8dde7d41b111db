import { computed, effect, signal } from "@preact/signals";
import { buildFreshness } from "../../model/freshness.ts";
import type { PageDagster } from "../../model/page-dagster.ts";
import { fetchJson } from "./fetch-json.ts";
import { model, status } from "./page-data.ts";

/** Interval between questions, in ms. */
const pauseMs = 15_000;

const dagster = signal<PageDagster | null>(null);

/** What Dagster knows about the assets; null without a Dagster. */
export const freshness = computed(() => {
  const [graph, known] = [model.value, dagster.value];
  return graph === null || known === null ? null : buildFreshness(graph, known);
});

/** Asks while the page is visible, if the server knows a Dagster. */
export function followDagster(): void {
  const isWanted = computed(() => status.value.hasDagster && status.value.version !== null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    if (!isWanted.value) return;
    if (!document.hidden) {
      const answer = await fetchJson<PageDagster>("/api/dagster");
      if (answer !== null) dagster.value = answer;
    }
    timer = setTimeout(() => void ask(), pauseMs);
  };
  effect(() => {
    if (isWanted.value) void ask();
    else dagster.value = null;
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask();
  });
}
