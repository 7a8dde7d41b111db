import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

const storageKey = "dagster-sigma-theme";

function preferred(): Theme {
  const kept = readKept();
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Storage may be forbidden. */
function readKept(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

export const theme = signal<Theme>("light");

export function startTheme(): void {
  show(preferred());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(preferred()));
}

export function toggleTheme(): void {
  const next = theme.value === "light" ? "dark" : "light";
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // It holds until the page is closed.
  }
  show(next);
}

function show(next: Theme): void {
  document.documentElement.dataset["theme"] = next;
  theme.value = next;
}

/** Whether things that move should not. */
export function prefersReducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
