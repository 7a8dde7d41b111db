/** How many texts are remembered before all are forgotten. */
const mostRemembered = 20_000;

const remembered = new Map<string, string>();

/** A text with its end left out where it is wider than it may be; empty when not even a letter has room. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const rounded = Math.floor(width / 4) * 4;
  const key = `${context.font}\n${rounded}\n${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const fitted = shorten(context, text, rounded);
  if (remembered.size > mostRemembered) remembered.clear();
  remembered.set(key, fitted);
  return fitted;
}

function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else tooLong = middle;
  }
  return fits < 2 ? "" : `${text.slice(0, fits).trimEnd()}…`;
}

/** A path of folders: where all of it has no room, its end, which tells more. */
export function fitPath(context: CanvasRenderingContext2D, path: string, width: number): string {
  const parts = path.split(" / ");
  for (let from = 0; from < parts.length - 1; from++) {
    const text = (from === 0 ? "" : "… / ") + parts.slice(from).join(" / ");
    if (context.measureText(text).width <= width) return text;
  }
  return fitText(context, parts.at(-1) ?? path, width);
}
