import { endPoint } from "../../layout/bundle-edges.ts";
import { blockSize, cardSize, columnRow } from "../../layout/map-layout.ts";
import { escapeXml } from "../pictures/escape-xml.ts";
import { iconPath } from "../pictures/kind-look.ts";
import { download } from "../pieces/download.ts";
import { colorOf } from "./drawing/colors.ts";
import { fontFamily } from "./drawing/draw-cards.ts";
import { columnLine, type EdgeLine, edgeLine, traceLine } from "./drawing/edge-line.ts";
import type { SceneContent } from "./graph-canvas.ts";
import { sceneContent } from "./graph-state.ts";

/** Saves the picture as it is, all of it, however much of it is on the screen. */
export function downloadPicture(): void {
  const content = sceneContent.value;
  if (content === null) return;
  download("asset-graph.svg", new Blob([pictureSvg(content)], { type: "image/svg+xml" }));
}

/** The picture as SVG; every name in it is text. */
function pictureSvg(content: SceneContent): string {
  const { layout } = content.picture;
  const { colors } = content;
  const margin = 40;
  const box = `${-margin} ${-margin} ${layout.width + 2 * margin} ${layout.height + 2 * margin}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${layout.width + 2 * margin}" height="${layout.height + 2 * margin}" font-family="${escapeXml(fontFamily)}">`,
    `<rect x="${-margin}" y="${-margin}" width="100%" height="100%" fill="${colors.background}"/>`,
    ...layout.lanes.map(({ x, y, title, count }) =>
      text(x, y - 10, `${title}  ${count}`, colors.muted, 'font-size="16" font-weight="700"'),
    ),
    ...blockParts(content, true),
    `<g fill="none" stroke="${colors.edge}" stroke-width="1.2" stroke-opacity="0.6">${lines(content).join("")}</g>`,
    ...cardParts(content),
    ...blockParts(content, false),
    "</svg>",
  ].join("\n");
}

function lines({ picture, bundles }: SceneContent): readonly string[] {
  if (picture.type === "trace") return columnLines(picture);
  return Array.from({ length: bundles.count }, (_line, at) => {
    const from = bundles.from[at] as number;
    const to = bundles.to[at] as number;
    const size = bundles.size[at] as number;
    const width = size === 1 ? "" : ` stroke-width="${(1.2 + Math.log2(size)).toFixed(1)}"`;
    const title = size === 1 ? "" : `<title>${size} edges</title>`;
    return `<path d="${curve(edgeLine(picture.layout, from, to))}" data-from="${endName(from)}" data-to="${endName(to)}"${width}>${title}</path>`;
  });
}

function columnLines({ rows, columnEdges, layout }: SceneContent["picture"]): readonly string[] {
  const places = new Map<number, { readonly asset: number; readonly row: number }>();
  for (const [asset, columns] of rows)
    for (const [row, column] of columns.entries()) places.set(column, { asset, row });
  return Array.from({ length: columnEdges.length / 2 }, (_line, at) => {
    const from = places.get(columnEdges[2 * at] as number);
    const to = places.get(columnEdges[2 * at + 1] as number);
    return from === undefined || to === undefined ? "" : `<path d="${curve(columnLine(layout, from, to))}"/>`;
  });
}

function endName(code: number): string {
  const end = endPoint(code);
  return end.type === "asset" ? `asset-${end.asset}` : `group-${end.block}`;
}

function curve(line: EdgeLine): string {
  const parts: string[] = [];
  traceLine(
    {
      moveTo: (x, y) => parts.push(`M${x} ${y}`),
      lineTo: (x, y) => parts.push(`L${x} ${y}`),
      bezierCurveTo: (...numbers) => parts.push(`C${numbers.join(" ")}`),
    },
    line,
  );
  return parts.join("");
}

function blockParts({ picture, open, colors }: SceneContent, areOpen: boolean): readonly string[] {
  return picture.layout.blocks.flatMap(({ x, y, width, height, group, assets }, at) => {
    if ((open[at] === true) !== areOpen || (areOpen && assets.length === 1)) return [];
    const kind = picture.model.kindOf(assets[0] ?? 0);
    const stroke = areOpen ? colors.border : colorOf(colors, kind);
    const rectangle = `<rect id="group-${at}" x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${areOpen ? colors.frame : colors.surface}" stroke="${stroke}"/>`;
    const title = `${group}  ${assets.length}`;
    return areOpen
      ? [
          rectangle,
          text(x + blockSize.padding, y + 24, title, colors.muted, 'font-size="14" font-weight="600"'),
        ]
      : [
          rectangle,
          text(
            x + width / 2,
            y + height / 2,
            title,
            colors.text,
            'font-size="16" font-weight="600" text-anchor="middle"',
          ),
        ];
  });
}

function cardParts({ picture, open, colors, columnName }: SceneContent): readonly string[] {
  const { layout, model, rows } = picture;
  return picture.assets.flatMap((asset) => {
    const block = layout.blockOf[asset] ?? -1;
    if (block >= 0 && open[block] !== true) return [];
    const { name, isStub } = model.asset(asset);
    const kind = model.kindOf(asset);
    const x = layout.x[asset] ?? 0;
    const y = layout.y[asset] ?? 0;
    const color = colorOf(colors, kind);
    const dash = isStub ? ' stroke-dasharray="5 3"' : "";
    return [
      `<g><rect id="asset-${asset}" x="${x}" y="${y}" width="${cardSize.width}" height="${layout.cardHeight[asset]}" rx="7" fill="${colors.surface}" stroke="${color}"${dash}/>`,
      `<path d="${iconPath(kind)}" transform="translate(${x + 12} ${y + cardSize.height / 2 - 8})" fill="none" stroke="${color}" stroke-width="1.5"/>`,
      text(
        x + 38,
        y + cardSize.height / 2 + 5,
        shortened(name),
        colors.text,
        'font-size="13" font-weight="600"',
      ),
      ...(rows.get(asset) ?? []).map((column, row) =>
        text(
          x + 14,
          y + cardSize.height + row * columnRow.height + 13,
          columnName(column),
          colors.text,
          'font-size="12"',
        ),
      ),
      `<title>${escapeXml(name)}</title></g>`,
    ];
  });
}

/** Number of letters that fit, about: a file cannot measure text. */
function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

function text(x: number, y: number, words: string, color: string, attributes: string): string {
  return `<text x="${x}" y="${y}" fill="${color}" ${attributes}>${escapeXml(words)}</text>`;
}
