import { escapeXml } from "./escape-xml.ts";

/** A picture of an element as SVG, and its size in pixels. */
export interface ElementPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Room around the picture, in pixels. */
const margin = 16;

/** Share of the height of a line of text that is above its baseline. */
const ascent = 0.78;

/**
 * An element with everything in it, as it looks now, also what is scrolled off the screen: boxes, text and SVG. Elements with the attribute
 * `data-not-in-picture`, and text for screen readers, are left out. Every name is text in the file.
 */
export function elementSvg(root: HTMLElement): ElementPicture {
  const { left, top } = root.getBoundingClientRect();
  const writer = new Writer(left - root.scrollLeft, top - root.scrollTop);
  writer.add(root, Number.POSITIVE_INFINITY);
  const width = Math.ceil(writer.right + 2 * margin);
  const height = Math.ceil(writer.bottom + 2 * margin);
  const background = getComputedStyle(document.documentElement).getPropertyValue("--canvas").trim();
  const font = escapeXml(getComputedStyle(root).fontFamily);
  return {
    svg: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="${font}">`,
      `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${background}"/>`,
      ...writer.parts,
      "</svg>",
    ].join("\n"),
    width,
    height,
  };
}

class Writer {
  readonly parts: string[] = [];
  right = 0;
  bottom = 0;
  readonly #left: number;
  readonly #top: number;

  constructor(left: number, top: number) {
    this.#left = left;
    this.#top = top;
  }

  /** @param clipRight right edge of the room for text, in pixels of the screen */
  add(element: Element, clipRight: number): void {
    if (element.classList.contains("unseen") || element.hasAttribute("data-not-in-picture")) return;
    const style = getComputedStyle(element);
    if (style.display === "none" || style.visibility === "hidden") return;
    if (element instanceof SVGSVGElement) {
      this.#addDrawing(element);
      return;
    }
    const rectangle = element.getBoundingClientRect();
    this.#addBox(rectangle, style);
    const room = style.overflowX === "visible" ? clipRight : Math.min(clipRight, rectangle.right);
    const isFaint = Number(style.opacity) < 1;
    if (isFaint) this.parts.push(`<g opacity="${style.opacity}">`);
    for (const child of element.childNodes) {
      if (child instanceof Element) this.add(child, room);
      else if (child instanceof Text) this.#addText(child, style, room);
    }
    if (isFaint) this.parts.push("</g>");
  }

  #addBox({ left, top, width, height }: DOMRect, style: CSSStyleDeclaration): void {
    const fill = fillOf(style);
    const borderWidth = Number.parseFloat(style.borderTopWidth);
    // Rows have a line between them, and no frame.
    const hasFrame = Number.parseFloat(style.borderLeftWidth) > 0;
    const hasBorder =
      borderWidth > 0 && hasFrame && style.borderTopStyle !== "none" && isVisible(style.borderTopColor);
    if (width === 0 || height === 0 || (fill === null && !hasBorder)) return;
    const inset = hasBorder ? borderWidth / 2 : 0;
    const dashes = style.borderTopStyle === "dashed" ? ' stroke-dasharray="5 3"' : "";
    const border = hasBorder
      ? ` stroke="${style.borderTopColor}" stroke-width="${borderWidth}"${dashes}`
      : "";
    const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
    const [x, y] = [left - this.#left + inset, top - this.#top + inset];
    this.#reach(x + width, y + height);
    this.parts.push(
      `<rect x="${round(x)}" y="${round(y)}" width="${round(width - 2 * inset)}" height="${round(height - 2 * inset)}" rx="${radius}" fill="${fill ?? "none"}"${border}/>`,
    );
  }

  /** One line after the other; a line that is cut on the screen ends with an ellipsis. */
  #addText(node: Text, style: CSSStyleDeclaration, clipRight: number): void {
    for (const { words, left, top, right, bottom } of linesOf(node)) {
      const share = Math.min(1, (clipRight + 1 - left) / (right - left));
      if (share <= 0) continue;
      const letters = [...words];
      const shown =
        share === 1
          ? words
          : `${letters.slice(0, Math.max(0, Math.floor(letters.length * share) - 1)).join("")}…`;
      const [x, y] = [left - this.#left, top - this.#top + (bottom - top) * ascent];
      this.#reach(Math.min(right, clipRight) - this.#left, bottom - this.#top);
      this.parts.push(
        `<text x="${round(x)}" y="${round(y)}" font-size="${style.fontSize}" font-weight="${style.fontWeight}" fill="${style.color}" xml:space="preserve">${escapeXml(shown)}</text>`,
      );
    }
  }

  #addDrawing(drawing: SVGSVGElement): void {
    const { left, top } = drawing.getBoundingClientRect();
    const { viewBox } = drawing;
    const scale =
      viewBox.baseVal !== null && viewBox.baseVal.width > 0 ? drawing.clientWidth / viewBox.baseVal.width : 1;
    const shapes = [...drawing.querySelectorAll("path")].flatMap((path) => {
      const style = getComputedStyle(path);
      const d = path.getAttribute("d");
      if (d === null || style.display === "none" || Number(style.opacity) === 0) return [];
      const opacity = Number(style.opacity) * opacityOfGroups(path, drawing);
      return [
        `<path d="${escapeXml(d)}" fill="${style.fill}" stroke="${style.stroke}" stroke-width="${style.strokeWidth}" stroke-opacity="${style.strokeOpacity}" opacity="${opacity}"/>`,
      ];
    });
    const [x, y] = [round(left - this.#left), round(top - this.#top)];
    this.parts.push(`<g transform="translate(${x} ${y}) scale(${round(scale)})">${shapes.join("")}</g>`);
  }

  #reach(right: number, bottom: number): void {
    this.right = Math.max(this.right, right);
    this.bottom = Math.max(this.bottom, bottom);
  }
}

interface Line {
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The lines of a text as they are on the screen. */
function linesOf(node: Text): readonly Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  for (const { 0: words, index } of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + words.trimEnd().length);
    const { left, top, right, bottom, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    const last = lines.at(-1);
    if (last === undefined || Math.abs(last.top - top) > 2) lines.push({ words, left, top, right, bottom });
    else lines[lines.length - 1] = { ...last, words: `${last.words}${words}`, right };
  }
  return lines.map((line) => ({ ...line, words: line.words.trimEnd() }));
}

/** A background of several colors is drawn in its first one. */
function fillOf(style: CSSStyleDeclaration): string | null {
  const [color] = /rgba?\([^)]*\)/.exec(style.backgroundImage) ?? [];
  if (color !== undefined) return color;
  return isVisible(style.backgroundColor) ? style.backgroundColor : null;
}

function isVisible(color: string): boolean {
  return color !== "transparent" && !/,\s*0\)$/.test(color);
}

function opacityOfGroups(path: Element, root: Element): number {
  let opacity = 1;
  for (let at = path.parentElement; at !== null && at !== root; at = at.parentElement)
    opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
