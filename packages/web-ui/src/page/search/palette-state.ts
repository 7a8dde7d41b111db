import { signal } from "@preact/signals";

/** Whether the command palette is open. */
export const isPaletteOpen = signal(false);

let before: Element | null = null;

export function openPalette(): void {
  before = document.activeElement;
  isPaletteOpen.value = true;
}

/** What had the focus has it again. */
export function closePalette(): void {
  isPaletteOpen.value = false;
  if (before instanceof HTMLElement) before.focus();
  before = null;
}
