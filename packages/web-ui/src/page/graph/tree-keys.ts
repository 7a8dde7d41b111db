/** Arrow keys in a tree, as its pattern of WAI-ARIA has them. */
export function moveInTree(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const tree = event.currentTarget;
  const current = document.activeElement?.closest<HTMLElement>('[role="treeitem"]');
  if (current == null || !tree.contains(current)) return;
  const items = [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const next = target(event.key, current, items);
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (next === "press") current.querySelector<HTMLElement>(":scope > button")?.click();
  else if (next !== null) moveFocus(items, next);
}

function target(
  key: string,
  current: HTMLElement,
  items: readonly HTMLElement[],
): HTMLElement | "press" | null | undefined {
  const at = items.indexOf(current);
  const expanded = current.getAttribute("aria-expanded");
  switch (key) {
    case "ArrowDown":
      return items[at + 1] ?? null;
    case "ArrowUp":
      return items[at - 1] ?? null;
    case "Home":
      return items[0] ?? null;
    case "End":
      return items.at(-1) ?? null;
    case "ArrowRight":
      if (expanded === "false") return "press";
      return expanded === "true" ? (items[at + 1] ?? null) : null;
    case "ArrowLeft":
      if (expanded === "true" && current.querySelector(":scope > button") !== null) return "press";
      return current.parentElement?.closest<HTMLElement>('[role="treeitem"]') ?? null;
    case "Enter":
    case " ":
      return "press";
    default:
      return undefined;
  }
}

function moveFocus(items: readonly HTMLElement[], next: HTMLElement): void {
  for (const item of items) item.tabIndex = item === next ? 0 : -1;
  next.focus();
}
