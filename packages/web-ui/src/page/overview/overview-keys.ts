import type { Overview } from "../../overview/overview.ts";
import { connectionsOfBox, lookOneStepUp, overview, pointedBox, tabBox, tabStop } from "./overview-state.ts";

/** Keys of the picture: arrows move within a lane and along the strongest ribbon, Escape goes one step up. */
export function onOverviewKey(event: KeyboardEvent): void {
  const current = overview.value;
  if (current === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" || event.key === "Backspace") {
    lookOneStepUp();
    event.preventDefault();
    return;
  }
  const at = current.boxes.findIndex(({ id }) => id === tabStop.value);
  const next = nextBox(current, at, event.key);
  if (next === null) return;
  event.preventDefault();
  const id = current.boxes[next]?.id ?? null;
  tabBox.value = id;
  pointedBox.value = id;
  const buttons = document.querySelectorAll<HTMLButtonElement>(".overview-box");
  [...buttons].find(({ dataset }) => dataset["box"] === id)?.focus();
  // The focus takes the pointed box of the former one with it.
  pointedBox.value = id;
}

function nextBox(current: Overview, at: number, key: string): number | null {
  const box = current.boxes[at];
  if (box === undefined) return null;
  const order = current.lanes[box.lane].boxes;
  const place = order.indexOf(at);
  switch (key) {
    case "ArrowDown":
      return order[place + 1] ?? null;
    case "ArrowUp":
      return order[place - 1] ?? null;
    case "Home":
      return order[0] ?? null;
    case "End":
      return order.at(-1) ?? null;
    case "ArrowLeft":
    case "ArrowRight":
      return alongRibbon(at, key === "ArrowRight");
    default:
      return null;
  }
}

/** The box at the other end of the strongest ribbon; through the gate, that of the strongest one on its other side. */
function alongRibbon(at: number, toRight: boolean): number | null {
  const own = connectionsOfBox.value.get(at) ?? [];
  const ends = own
    .filter(({ from, to }) => (toRight ? from === at : to === at))
    .map(({ from, to }) => (toRight ? to : from));
  const [strongest] = ends;
  if (strongest !== "gate") return strongest ?? null;
  const through = [...(overview.value?.connections ?? [])]
    .filter(({ from, to }) => (toRight ? from === "gate" : to === "gate"))
    .sort((a, b) => b.dependencies - a.dependencies)[0];
  const other = toRight ? through?.to : through?.from;
  return typeof other === "number" ? other : null;
}
