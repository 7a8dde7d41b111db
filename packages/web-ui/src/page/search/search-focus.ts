let box: HTMLInputElement | null = null;
let fill: (text: string) => void = () => undefined;

/** The search box that is on the screen, and what fills it. */
export function setSearchBox(element: HTMLInputElement | null, onFill: (text: string) => void): void {
  box = element;
  fill = onFill;
}

/** Moves the focus to the search box. @param text what it looks for; by default what it contains */
export function focusSearch(text?: string): void {
  if (text !== undefined) fill(text);
  box?.focus();
  box?.select();
}
