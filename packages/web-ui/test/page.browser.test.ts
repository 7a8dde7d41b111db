import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AssetSpec, Definitions, MetadataValue } from "@dagster-sigma/asset-graph";
import { InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageContent, pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { largeDefinitions } from "./large-definitions.ts";
import { inkOf, openPage, placeOnScreen, savedPicture, smallestFont } from "./open-page.ts";
import { sampleDefinitions, sampleSource } from "./sample-definitions.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await startChromium();
afterAll(() => browser?.close());

/** Definitions that a test changes or breaks. */
class ChangingDefinitions {
  readonly source: InProcessDefinitionsSource<PageContent>;
  #load: () => Definitions;

  constructor(definitions: Definitions) {
    this.#load = () => definitions;
    this.source = new InProcessDefinitionsSource({
      outlet: pageOutlet(),
      definitions,
      load: () => this.#load(),
    });
  }

  async change(load: () => Definitions): Promise<void> {
    this.#load = load;
    await this.source.reload();
  }
}

describe.skipIf(browser === null)(`the page ${needsChromium}`, () => {
  const real = browser as Browser;

  it("draws the graph: cards do not overlap, lines touch what they connect, and no errors are logged", async () => {
    const { page, complaints } = await openPage(real, sampleSource());
    expect(await page.locator(".graph-canvas").getAttribute("data-assets")).toBe("5");
    expect(await inkOf(page)).toBeGreaterThan(10);
    const { rectangles, lines } = await savedPicture(page);
    const cards = rectangles.filter(({ id }) => id.startsWith("asset-"));
    expect(cards).toHaveLength(5);
    for (const [at, a] of cards.entries())
      for (const b of cards.slice(at + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true);
    const byId = new Map(rectangles.map((rectangle) => [rectangle.id, rectangle]));
    expect(lines).toHaveLength(4);
    for (const { from, to, start, end } of lines) {
      const source = byId.get(from);
      const target = byId.get(to);
      expect(start[0]).toBeCloseTo((source?.x ?? 0) + (source?.width ?? 0), 1);
      expect(start[1]).toBeGreaterThanOrEqual(source?.y ?? Number.NaN);
      expect(start[1]).toBeLessThanOrEqual((source?.y ?? 0) + (source?.height ?? 0));
      expect(end[0]).toBeCloseTo(target?.x ?? Number.NaN, 1);
      expect(end[1]).toBeGreaterThanOrEqual(target?.y ?? Number.NaN);
      expect(end[0]).toBeGreaterThan(start[0]);
    }
    expect(complaints).toEqual([]);
  });

  it("answers what breaks if a column is dropped in three clicks, and exports the answer", async () => {
    const { page } = await openPage(real, sampleSource());
    const { svg, rectangles } = await savedPicture(page);
    const id = idOfCard(svg, "orders");
    const card = rectangles.find((rectangle) => rectangle.id === id);
    if (card === undefined) throw new Error("The table is not drawn.");
    const { x, y } = await placeOnScreen(page, card);
    await page.mouse.click(x, y);
    await page.getByRole("complementary", { name: "Details of orders" }).waitFor();
    await page.getByRole("button", { name: "NET" }).click();
    const panel = page.getByRole("complementary", { name: "Details of orders" });
    expect(await panel.textContent()).toContain("If it is dropped, this breaks 2");
    expect(await panel.getByRole("button", { name: "Board" }).textContent()).toContain("Chart/Revenue");
    await panel.getByRole("button", { name: "The whole list" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(
      "What breaks if NET of orders changes?",
    );
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    const csv = readFileSync(await download.path(), "utf8").split("\r\n");
    expect(csv).toContain(
      "workbook,Board,Finance,bob@example.com,Chart/Revenue,column,https://app.example.com/board,2,Sales",
    );
    expect(csv).toHaveLength(5);
  });

  it("highlights the asset under the pointer, and shows its neighborhood after a double click, even if a panel covers it", async () => {
    const { page } = await openPage(real, sampleSource());
    const { svg, rectangles } = await savedPicture(page);
    const id = idOfCard(svg, "Board");
    const card = rectangles.find((rectangle) => rectangle.id === id);
    if (card === undefined) throw new Error("The workbook is not drawn.");
    const { x, y } = await placeOnScreen(page, card);
    const before = await inkOf(page);
    await page.mouse.move(x, y);
    await page.waitForTimeout(100);
    expect(await inkOf(page)).not.toBe(before);
    await page.mouse.dblclick(x, y, { delay: 30 });
    await page.locator('.graph-canvas[data-picture="focus"][data-assets="2"]').waitFor();
    await page.getByRole("complementary", { name: "Details of Board" }).waitFor();
  });

  it("draws the lineage of a column end to end, and supports the browser's back button", async () => {
    const { page, url } = await openPage(real, sampleSource(), {
      path: "?asset=shop%2Fsales%2Forders&column=NET",
    });
    await page.getByRole("button", { name: "Draw it end to end" }).click();
    await page.locator('.graph-canvas[data-picture="trace"]').waitFor();
    expect(await page.locator(".graph-canvas").getAttribute("data-assets")).toBe("3");
    const { svg } = await savedPicture(page);
    for (const column of ["NET", "Orders/Net", "Chart/Revenue"]) expect(svg).toContain(`>${column}<`);
    const address = page.url();
    await page.reload();
    await page.locator('.graph-canvas[data-picture="trace"]').waitFor();
    expect(page.url()).toBe(address);
    await page.goBack();
    await page.locator('.graph-canvas[data-picture="map"]').waitFor();
    expect(page.url()).toBe(`${url}?asset=shop%2Fsales%2Forders&column=NET&picture=cards`);
  });

  it("renders every name as plain text", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), { path: "?asset=Hostile" });
    await page.getByRole("complementary").waitFor();
    for (const tab of ["Catalog", "Impact", "Health", "Graph"]) {
      await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: tab }).click();
      await page.waitForTimeout(100);
    }
    await page.keyboard.press("Control+k");
    await page.keyboard.type("script");
    await page.getByRole("option").first().waitFor();
    await savedSvgIsXml(page);
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(await page.locator("#app img, #app script").count()).toBe(0);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("finds assets by a few letters in any case, and shows the result at a readable size", async () => {
    const { page } = await openPage(real, sampleSource());
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ORDER");
    await page.getByRole("option", { name: /^orders/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Details of orders" }).waitFor();
    const scale = Number((await page.locator(".graph-canvas").getAttribute("data-viewport"))?.split(" ")[2]);
    expect(scale).toBeGreaterThan(0.8);
    expect(page.url()).toContain("asset=shop%2Fsales%2Forders");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("revenue");
    await page.getByRole("option", { name: /Revenue.*column of Board/ }).click();
    expect(page.url()).toContain("column=Chart%2FRevenue");
  });

  it("selects in Dagster's syntax, with completions, counts, and positions of errors", async () => {
    const { page } = await openPage(real, sampleSource());
    const box = page.getByRole("combobox", { name: /^Find, or select/ });
    await box.fill('kind:workbook or key:"Sa');
    await page.getByRole("option", { name: "Sales", exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.locator('.graph-canvas[data-assets="3"]').waitFor();
    await box.fill("kind:workbook and and");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("alert").locator("mark").textContent()).toBe("and");
    await box.fill("kind:WORKBOOK");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /kind:"?workbook/ }).click();
    await page.locator('.graph-canvas[data-assets="2"]').waitFor();
  });

  it("is usable by keyboard alone: along lines, into columns, to a neighborhood and back", async () => {
    const { page } = await openPage(real, sampleSource());
    await page.locator(".graph-canvas").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction("location.search.includes('asset=')");
    await page.goto(page.url().replace(/asset=[^&]+/, "asset=Sales"));
    // Keys pressed before the picture exists have no effect.
    await page.locator(".graph-canvas[data-viewport]").waitFor();
    await page.locator(".graph-canvas").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction("location.search.includes('asset=Board')");
    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Columns of Board" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.locator('.graph-canvas[data-picture="focus"][data-assets="2"]').waitFor();
    expect(await inkOf(page)).toBeGreaterThan(10);
    await page.getByRole("combobox", { name: /^Up/ }).selectOption("all");
    await page.locator('.graph-canvas[data-assets="4"]').waitFor();
    await page.locator(".graph-canvas").focus();
    await page.keyboard.press("Escape");
    await page.locator('.graph-canvas[data-picture="map"]').waitFor();
  });

  it("follows changes and keeps selection and view; an error is shown above the last good graph", async () => {
    const changing = new ChangingDefinitions(sampleDefinitions());
    const { page } = await openPage(real, changing.source, { path: "?asset=Sales" });
    await page.locator(".graph-canvas").focus();
    await page.keyboard.press("+");
    await page.waitForTimeout(150);
    const placeOfSales = async (): Promise<unknown> => {
      const { svg, rectangles } = await savedPicture(page);
      const id = idOfCard(svg, "Sales");
      const card = rectangles.find((rectangle) => rectangle.id === id);
      const { x, y } = await placeOnScreen(page, card as (typeof rectangles)[number]);
      return [Math.round(x), Math.round(y)];
    };
    const before = await placeOfSales();
    const assets = [
      ...sampleDefinitions().assets,
      new AssetSpec({ key: "New", deps: ["Sales"], kinds: ["workbook"] }),
    ];
    await changing.change(() => new Definitions({ assets }));
    await page.locator('.graph-canvas[data-assets="6"]').waitFor();
    await page.waitForTimeout(100);
    expect(await placeOfSales()).toEqual(before);
    expect(await page.getByRole("complementary", { name: "Details of Sales" }).textContent()).toContain(
      "New",
    );
    await changing.change(() => {
      throw new Error("definitions.ts:3:7: x is not defined");
    });
    await page.getByRole("alert").filter({ hasText: "definitions.ts:3:7: x is not defined" }).waitFor();
    expect(await page.locator(".graph-canvas").getAttribute("data-assets")).toBe("6");
    await changing.change(() => sampleDefinitions());
    await page.locator('.graph-canvas[data-assets="5"]').waitFor();
    expect(await page.getByText("x is not defined").count()).toBe(0);
  });

  it("shows an empty graph, and a single asset, without errors", async () => {
    for (const assets of [[], [new AssetSpec({ key: "alone" })]]) {
      const { page, complaints } = await openPage(real, sampleSource(new Definitions({ assets })));
      expect(await page.locator(".graph-canvas").getAttribute("data-assets")).toBe(String(assets.length));
      expect(complaints).toEqual([]);
    }
  });

  it("handles values beyond the limits of calendars, file names and screens", async () => {
    const odd = new AssetSpec({
      key: ["__proto__", "constructor"],
      kinds: ["workbook"],
      owners: [`${"o".repeat(300)}@example.com`],
      presentation: {
        name: `${"long ".repeat(1_000)}\u202e\uffff\u0301`,
        kind: { id: "__proto__", name: "\u202e", plural: "", rank: -1e300 },
        updatedAt: 1e18,
        folder: ["a", "__proto__"],
      },
      metadata: { "x/seen_at": MetadataValue.timestamp(-1e18) },
    });
    const { page, complaints } = await openPage(real, sampleSource(new Definitions({ assets: [odd] })), {
      path: "?asset=__proto__%2Fconstructor",
    });
    await page.getByRole("complementary").getByText("1000000000000000000").first().waitFor();
    for (const tab of ["Catalog", "Impact", "Health", "Graph"]) {
      await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: tab }).click();
      await page.waitForTimeout(100);
    }
    expect(await page.getByText("could not be shown").count()).toBe(0);
    await savedSvgIsXml(page);
    expect(complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "has no serious accessibility violation in any view: %s",
    async (colorScheme) => {
      const { page } = await openPage(real, sampleSource(), {
        colorScheme,
        bypassCSP: true,
        path: "?asset=Sales",
      });
      for (const tab of ["Graph", "Catalog", "Impact", "Health"]) {
        await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: tab }).click();
        await page.waitForTimeout(150);
        expect(await barriers(page)).toEqual([]);
      }
      await page.keyboard.press("Control+k");
      await page.keyboard.type("sales");
      expect(await barriers(page)).toEqual([]);
    },
  );

  it.each([390, 800, 1_920])("fits a screen %i pixels wide without horizontal overflow", async (width) => {
    const { page } = await openPage(real, sampleSource(), { width, path: "?asset=Sales" });
    await page.getByRole("complementary", { name: "Details of Sales" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(await inkOf(page)).toBeGreaterThan(5);
  });
});

describe.skipIf(browser === null)(`the page with 10,000 assets ${needsChromium}`, () => {
  const real = browser as Browser;
  let content: InProcessDefinitionsSource<PageContent>;

  beforeAll(() => {
    content = sampleSource(largeDefinitions(10_000));
  });

  it("starts with closed groups, opens all without moving anything, and draws no text smaller than 10 pixels", async () => {
    const { page, complaints } = await openPage(real, content);
    expect(await page.locator(".graph-canvas").getAttribute("data-assets")).toBe("10000");
    expect(await inkOf(page)).toBeGreaterThan(10);
    const closed = await savedPicture(page);
    await page.getByRole("button", { name: "Open all" }).click();
    await page.getByRole("button", { name: "Close all" }).waitFor();
    const open = await savedPicture(page);
    const groups = (all: typeof closed): readonly unknown[] =>
      all.rectangles.filter(({ id }) => id.startsWith("group-"));
    expect(new Set(groups(open).map((group) => JSON.stringify(group)))).toEqual(
      new Set(groups(closed).map((group) => JSON.stringify(group))),
    );
    expect(open.rectangles.filter(({ id }) => id.startsWith("asset-"))).toHaveLength(10_000);
    expect(await inkOf(page)).toBeGreaterThan(10);
    await page.locator(".graph-canvas").focus();
    for (let step = 0; step < 14; step++) await page.keyboard.press("+");
    await page.waitForTimeout(200);
    expect(await smallestFont(page)).toBeGreaterThanOrEqual(10 - 0.1);
    expect(await smallestFont(page)).toBeLessThan(20);
    expect(complaints).toEqual([]);
  }, 60_000);

  it("finds an asset and shows it at a readable size with its neighborhood, without fetching a graph again", async () => {
    const { page } = await openPage(real, content);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("workbook 9000");
    await page.getByRole("option", { name: /^Workbook 9000/ }).click();
    await page.getByRole("button", { name: "Only its neighbors" }).click();
    await page.locator('.graph-canvas[data-picture="focus"]').waitFor();
    expect(await inkOf(page)).toBeGreaterThan(10);
    expect(asked.filter((path) => path !== "/api/details" && !path.startsWith("/assets/"))).toEqual([]);
  }, 60_000);

  it("lists all assets, and renders only visible rows", async () => {
    const { page } = await openPage(real, content, { path: "?view=catalog" });
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("10000");
    expect(await page.locator(".catalog tbody tr").count()).toBeLessThan(120);
    await page.locator(".scroller").evaluate((element) => element.scrollTo(0, 200_000));
    await page.waitForTimeout(200);
    expect(await page.locator(".catalog tbody .asset-link").count()).toBeGreaterThan(10);
    await page.getByRole("searchbox", { name: "Filter the catalog" }).fill("workbook 9000");
    expect(await page.locator(".catalog tbody .asset-link").count()).toBe(1);
  }, 60_000);
});

async function savedSvgIsXml(page: Awaited<ReturnType<typeof openPage>>["page"]): Promise<void> {
  await page.keyboard.press("Escape");
  const { svg } = await savedPicture(page);
  const isBroken = await page.evaluate(
    (text) =>
      new (
        globalThis as unknown as {
          DOMParser: new () => {
            parseFromString(text: string, type: string): { querySelector(name: string): unknown };
          };
        }
      ).DOMParser()
        .parseFromString(text, "image/svg+xml")
        .querySelector("parsererror") !== null,
    svg,
  );
  expect(isBroken).toBe(false);
}

/** Serious violations found by axe. */
async function barriers(page: Awaited<ReturnType<typeof openPage>>["page"]): Promise<readonly string[]> {
  await page.evaluate(axe);
  return (await page.evaluate(`axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 160)).slice(0, 3).join(" | ")))`)) as readonly string[];
}

/** The id of the card that shows a name. */
function idOfCard(svg: string, name: string): string | undefined {
  return svg
    .split("<g>")
    .find((part) => part.includes(`>${name}</text>`))
    ?.match(/<rect id="(asset-\d+)"/)?.[1];
}
