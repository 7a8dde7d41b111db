import { diffCsv, diffMarkdown } from "@dagster-sigma/asset-graph/difference";
import type { VNode } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { counted } from "../../model/format-count.ts";
import { formatTime } from "../../model/format-time.ts";
import { CopyButton } from "../pieces/copy-button.tsx";
import { download } from "../pieces/download.ts";
import {
  type Comparison,
  comparison,
  comparisonNote,
  type EarlierState,
  earlierStates,
  fetchEarlierStates,
  openedId,
} from "../state/comparison.ts";
import { changeView, view } from "../state/view-state.ts";
import { changeRows } from "./change-rows.ts";
import { ChangesTable } from "./changes-table.tsx";

/** What is different from a graph of the past, and what that breaks. */
export function ChangesView(): VNode {
  const states = earlierStates.value;
  const { since } = view.value;
  useEffect(() => {
    void fetchEarlierStates();
  }, []);
  const [newest] = states ?? [];
  useEffect(() => {
    if (since === null && newest !== undefined) changeView({ since: newest.id }, { isMinor: true });
  }, [since, newest]);
  const note = comparisonNote.value;
  const current = comparison.value;
  return (
    <div class="page-view changes">
      <header>
        <h1>What changed</h1>
        <label>
          Since{" "}
          <select
            value={since ?? ""}
            onChange={({ currentTarget }) => changeView({ since: currentTarget.value || null })}
          >
            {since === null && <option value="">choose …</option>}
            {states !== null && since !== null && since !== openedId && isGone(states, since) && (
              <option value={since}>a state that is not kept any more</option>
            )}
            {states?.map((state) => (
              <option key={state.id} value={state.id}>
                {nameOf(state)}
              </option>
            ))}
            <option value={openedId}>this page was opened</option>
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={view.value.isBreaking}
            onChange={({ currentTarget }) => changeView({ isBreaking: currentTarget.checked })}
          />{" "}
          Only what breaks something
        </label>
      </header>
      {states?.length === 0 && (
        <p class="hint">
          No earlier state is kept yet. A refresh that finds changes keeps the state before it, for this
          comparison.
        </p>
      )}
      {note !== null && (
        <p role={note.isError ? "alert" : "status"} class={note.isError ? "problem error" : "muted"}>
          {note.text}
        </p>
      )}
      {current !== null && <Changes current={current} />}
    </div>
  );
}

function Changes({ current }: { readonly current: Comparison }): VNode {
  const { diff, named, wallMs } = current;
  const { isBreaking } = view.value;
  const all = useMemo(() => changeRows(current), [current]);
  const breaking = all.filter(({ breaks }) => breaks.length > 0);
  const rows = isBreaking ? breaking : all;
  const broken = new Set(breaking.flatMap(({ breaks }) => breaks.map(({ now }) => now)));
  return (
    <>
      <p role="status">
        {counted(diff.added.length, "asset")} added, {diff.removed.length} removed, {diff.changed.length}{" "}
        changed.{" "}
        {breaking.length === 0
          ? "Nothing that was removed is used by an asset that is still there."
          : `${counted(breaking.length, "change")} ${breaking.length === 1 ? "breaks" : "break"} ${counted(broken.size, "asset")}.`}
        {wallMs !== null && (
          <span class="muted"> Loading the earlier state took {(wallMs / 1_000).toFixed(1)} s.</span>
        )}
      </p>
      {all.length > 0 && (
        <div class="actions">
          <button
            type="button"
            onClick={() => changeView({ tab: "graph", picture: "overview", lens: "changes", focus: null })}
          >
            Show on the graph
          </button>
          <CopyButton
            label="Copy as Markdown"
            file="changes.md"
            text={() => diffMarkdown(named, "What changed")}
          />
          <button type="button" onClick={() => download("changes.csv", diffCsv(named))}>
            Save as CSV
          </button>
          <button type="button" onClick={() => print()}>
            Print
          </button>
        </div>
      )}
      {rows.length > 0 && <ChangesTable rows={rows} />}
    </>
  );
}

function isGone(states: readonly EarlierState[], id: string): boolean {
  return !states.some((state) => state.id === id);
}

function nameOf({ id, fetchedAt, file }: EarlierState): string {
  if (fetchedAt !== null) return `the refresh of ${formatTime(Date.parse(fetchedAt) / 1_000)} UTC`;
  return `the file ${file ?? id}`;
}
