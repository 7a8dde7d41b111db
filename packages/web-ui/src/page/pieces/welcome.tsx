import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";

const storageKey = "dagster-sigma-welcomed";

function wasWelcomed(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null;
  } catch {
    return false;
  }
}

const isWanted = signal(!wasWelcomed());

/** Three sentences for new users, until the first click. */
export function Welcome(): VNode | null {
  const { asset, focus, selection } = view.value;
  if (!isWanted.value || model.value === null || asset !== null || focus !== null || selection !== "")
    return null;
  const close = (): void => {
    try {
      localStorage.setItem(storageKey, "1");
    } catch {
      // It comes again the next time.
    }
    isWanted.value = false;
  };
  return (
    <aside class="welcome" aria-label="How to use this page">
      <p>
        <strong>Left feeds right.</strong> Click a group to open it, an asset to see what feeds it and what it
        feeds.
      </p>
      <p>
        <strong>What breaks if I drop this column?</strong> Click the table, then the column.
      </p>
      <p>
        <kbd>Ctrl K</kbd> finds assets, columns, folders and owners.
      </p>
      <button type="button" class="primary" onClick={close}>
        Got it
      </button>
    </aside>
  );
}
