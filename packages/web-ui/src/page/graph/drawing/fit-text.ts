/** The width of how many texts is remembered before all are forgotten. */
const mostRemembered = 60_000;

/** Widths for a font of one pixel. They grow with the font, so that a zoom measures nothing again. */
const remembered = new Map<string, number>();

interface Font {
  readonly weight: string;
  readonly size: number;
}

/** How wide a text is in the font that is set. */
export function textWidth(context: CanvasRenderingContext2D, text: string): number {
  const font = fontOf(context);
  return unitWidth(context, font, text) * font.size;
}

/** A text with its end left out where it is wider than it may be; empty when not even a letter has room. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const font = fontOf(context);
  const room = width / font.size;
  if (unitWidth(context, font, text) <= room) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (unitWidth(context, font, `${text.slice(0, middle)}…`) <= room) fits = middle;
    else tooLong = middle;
  }
  return fits < 2 ? "" : `${text.slice(0, fits).trimEnd()}…`;
}

/** A path of folders: where all of it has no room, its end, which tells more. */
export function fitPath(context: CanvasRenderingContext2D, path: string, width: number): string {
  const parts = path.split(" / ");
  for (let from = 0; from < parts.length - 1; from++) {
    const text = (from === 0 ? "" : "… / ") + parts.slice(from).join(" / ");
    if (textWidth(context, text) <= width) return text;
  }
  return fitText(context, parts.at(-1) ?? path, width);
}

function unitWidth(context: CanvasRenderingContext2D, { weight, size }: Font, text: string): number {
  const key = `${weight}\n${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const width = context.measureText(text).width / size;
  if (remembered.size > mostRemembered) remembered.clear();
  remembered.set(key, width);
  return width;
}

function fontOf({ font }: CanvasRenderingContext2D): Font {
  const [, weight = "", size = "1"] = /^(.*?)([\d.]+)px/.exec(font) ?? [];
  return { weight, size: Number(size) };
}
