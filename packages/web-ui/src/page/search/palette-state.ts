import { signal } from "@preact/signals";

/** Whether the command palette is open. */
export const isPaletteOpen = signal(false);

let before: Element | null = null;

/** What it looks for at first. */
export const wantedQuery = signal("");

export function openPalette(query = ""): void {
  wantedQuery.value = query;
  before = document.activeElement;
  isPaletteOpen.value = true;
}

/** What had the focus has it again. */
export function closePalette(): void {
  isPaletteOpen.value = false;
  if (before instanceof HTMLElement) before.focus();
  before = null;
}
