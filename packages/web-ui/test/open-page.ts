import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type PageContent, type PageServerOptions, startPageServer } from "../src/index.ts";

export interface OpenOptions {
  /** Default: all cards. */
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  /** Whether the screen is touched. Default: false. */
  readonly hasTouch?: boolean;
  /** For checks that inject a script into the page. */
  readonly bypassCSP?: boolean;
  readonly serverOptions?: Partial<PageServerOptions>;
}

export interface OpenedPage {
  readonly page: Page;
  readonly url: string;
  /** Console errors and exceptions of the page. */
  readonly complaints: readonly string[];
}

/** Serves definitions and opens the page in a browser context; both close with the test. */
export async function openPage(
  browser: Browser,
  source: DefinitionsSource<PageContent>,
  options: OpenOptions = {},
): Promise<OpenedPage> {
  const { path: given = "", width = 1_440, height = 900, colorScheme = "light", bypassCSP = false } = options;
  // Most tests are about the cards; those of the overview name it.
  const path = /[?&]picture=/.test(given) ? given : `${given === "" ? "?" : `${given}&`}picture=cards`;
  const server = await startPageServer({ source, ...options.serverOptions });
  onTestFinished(() => server.close());
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    bypassCSP,
    hasTouch: options.hasTouch === true,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  onTestFinished(() => context.close());
  await context.addInitScript("try { localStorage.setItem('dagster-sigma-welcomed', '1') } catch {}");
  await context.addInitScript(recordSmallestFont);
  const page = await context.newPage();
  await countCoverage(page);
  // Shorter than the test's timeout, so that the missing element is reported.
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${server.url}${path}`);
  await page
    .locator(
      '.graph-canvas[data-viewport], .overview-stage:not([data-boxes=""]), .lineage-stage, .lineage-gone, .page-view',
    )
    .first()
    .waitFor();
  return { page, url: server.url, complaints };
}

/** For `npm run coverage`: Chromium counts what runs of the page, and the test leaves the counts in the folder `COVERAGE_PAGE`. */
async function countCoverage(page: Page): Promise<void> {
  const folder = process.env["COVERAGE_PAGE"] ?? "";
  if (folder === "") return;
  await page.coverage.startJSCoverage({ resetOnNavigation: false });
  onTestFinished(async () => {
    const result = await page.coverage.stopJSCoverage();
    const counts = result.map(({ source: _, ...script }) => script);
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify({ result: counts }));
  });
}

/** Records the smallest font size drawn on a canvas, in screen pixels, in `smallestFont`. */
const recordSmallestFont = `
  const fillText = CanvasRenderingContext2D.prototype.fillText;
  globalThis.smallestFont = Infinity;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    const [, size] = /(\\d+(?:\\.\\d+)?)px/.exec(this.font) ?? [];
    const pixels = (Number(size) * this.getTransform().a) / devicePixelRatio;
    if (text !== "") globalThis.smallestFont = Math.min(globalThis.smallestFont, pixels);
    return fillText.call(this, text, ...place);
  };
`;

/** The smallest font size drawn since the page was opened, in pixels. */
export async function smallestFont(page: Page): Promise<number> {
  return (await page.evaluate("smallestFont")) as number;
}

/** Number of different colors in a hundred rows of the picture; one if nothing is drawn. */
export async function inkOf(page: Page): Promise<number> {
  return await page.locator(".graph-canvas").evaluate((element) => {
    const canvas = element as unknown as {
      readonly width: number;
      readonly height: number;
      getContext(type: "2d"): {
        getImageData(x: number, y: number, w: number, h: number): { readonly data: ArrayLike<number> };
      };
    };
    const context = canvas.getContext("2d");
    const colors = new Set<number>();
    for (let row = 0; row < 100; row++) {
      const { data } = context.getImageData(0, Math.floor((canvas.height * row) / 100), canvas.width, 1);
      for (let at = 0; at < data.length; at += 4)
        colors.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
    return colors.size;
  });
}

export interface DrawnRectangle {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnLine {
  readonly from: string;
  readonly to: string;
  /** Its start and its end. */
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

/** The picture as exported by the page: positions of cards and groups, and end points of lines. */
export async function savedPicture(page: Page): Promise<{
  readonly svg: string;
  readonly rectangles: readonly DrawnRectangle[];
  readonly lines: readonly DrawnLine[];
}> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "SVG" }).click(),
  ]);
  const svg = readFileSync(await download.path(), "utf8");
  const rectangles = [
    ...svg.matchAll(/<rect id="([^"]+)" x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)"/g),
  ].map(([, id = "", ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { id, x, y, width, height };
  });
  const lines = [
    ...svg.matchAll(
      /<path d="M(\S+) (\S+)C\S+ \S+ \S+ \S+ (\S+) (\S+)" data-from="([^"]+)" data-to="([^"]+)"/g,
    ),
  ].map(([, x1, y1, x2, y2, from = "", to = ""]): DrawnLine => {
    return { from, to, start: [Number(x1), Number(y1)], end: [Number(x2), Number(y2)] };
  });
  return { svg, rectangles, lines };
}

/** Screen position of the center of an element of the picture. */
export async function placeOnScreen(
  page: Page,
  { x, y, width, height }: DrawnRectangle,
): Promise<{ readonly x: number; readonly y: number }> {
  const canvas = page.locator(".graph-canvas");
  const [left = 0, top = 0, scale = 1] = ((await canvas.getAttribute("data-viewport")) ?? "")
    .split(" ")
    .map(Number);
  const box = await canvas.boundingBox();
  expect(box).not.toBeNull();
  return {
    x: (box?.x ?? 0) + (x + width / 2 - left) * scale,
    y: (box?.y ?? 0) + (y + height / 2 - top) * scale,
  };
}
