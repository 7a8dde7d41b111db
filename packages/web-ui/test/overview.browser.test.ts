import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageContent, pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { largeDefinitions } from "./large-definitions.ts";
import { openPage } from "./open-page.ts";
import { sampleSource } from "./sample-definitions.ts";
import { unequalDefinitions } from "./unequal-definitions.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await startChromium();
afterAll(() => browser?.close());

const overview = "?picture=overview";

/** What is wrong with the boxes as they are drawn: overlaps, cut names beside free room, small text. */
function drawnProblems(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const problems = [];
    const boxes = [...document.querySelectorAll(".overview-box, .overview-gate")];
    const rectangles = boxes.map((box) => box.getBoundingClientRect());
    for (const [at, a] of rectangles.entries())
      for (const [to, b] of rectangles.entries())
        if (at < to && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
          problems.push("overlap: " + boxes[at].textContent + " / " + boxes[to].textContent);
    for (const box of boxes) {
      const head = box.querySelector(".head");
      const parents = box.querySelector(".parents");
      if (head !== null && head.scrollWidth > head.clientWidth + 1 && parents !== null && parents.clientWidth > 4)
        problems.push("cut while its parents have room: " + box.textContent);
      const count = box.querySelector(".count");
      if (count !== null && count.scrollWidth > count.clientWidth + 1) problems.push("cut count: " + box.textContent);
    }
    const stage = document.querySelector(".overview-stage").getBoundingClientRect();
    for (const [at, { top, bottom, left, right }] of rectangles.entries())
      if (top < stage.top - 1 || bottom > stage.bottom + 1 || left < stage.left || right > stage.right)
        problems.push("outside: " + boxes[at].textContent);
    for (const element of document.querySelectorAll(".overview *"))
      if (element.children.length === 0 && element.textContent.trim() !== "" && parseFloat(getComputedStyle(element).fontSize) < 12)
        problems.push("small text: " + element.textContent);
    return problems;
  })()`) as Promise<readonly string[]>;
}

describe.skipIf(browser === null)(`the overview in the browser ${needsChromium}`, () => {
  const real = browser as Browser;
  const sources = new Map<number | "unequal", InProcessDefinitionsSource<PageContent>>();
  beforeAll(() => {
    for (const size of [76, 1_000, 10_000, "unequal"] as const) {
      const definitions = size === "unequal" ? unequalDefinitions() : largeDefinitions(size);
      sources.set(
        size,
        new InProcessDefinitionsSource({ outlet: pageOutlet(), definitions, load: () => definitions }),
      );
    }
  });
  const sourceOf = (size: number | "unequal"): InProcessDefinitionsSource<PageContent> => {
    const source = sources.get(size);
    if (source === undefined) throw new Error(`There are no definitions of ${size} assets.`);
    return source;
  };

  it.each([76, 1_000, 10_000, "unequal"] as const)(
    "shows %s assets as at most 40 boxes that can be read, at 1440 × 860 and 1280 × 720",
    async (size) => {
      const { page, complaints } = await openPage(real, sourceOf(size), {
        path: overview,
        width: 1_440,
        height: 860,
      });
      for (const [width, height] of [
        [1_440, 860],
        [1_280, 720],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(100);
        const boxes = await page.locator(".overview-box").count();
        expect(boxes).toBeGreaterThan(10);
        expect(boxes).toBeLessThanOrEqual(40);
        expect(await drawnProblems(page)).toEqual([]);
        expect(await page.locator(".overview-foot").textContent()).toMatch(
          /connections?, \d+ % of|All \d+ connections/,
        );
      }
      expect(complaints).toEqual([]);
    },
  );

  it("names the connection where two have a database of that name, and keeps names that turn text harmless", async () => {
    const { page } = await openPage(real, sourceOf("unequal"), { path: overview });
    const names = await page.locator(".overview-box[data-box^=sources] .first-line").allTextContents();
    expect(names.filter((name) => name.includes("Snowflake production")).length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    await page.goto(
      `${new URL(page.url()).origin}/${overview}&asset=workbook_50&focus=workbook_50&up=1&down=1`,
    );
    const name = page.locator(".lineage-node.center .name");
    await name.waitFor();
    expect(await name.textContent()).not.toContain("\u202E");
  });

  it("lights up what is connected with a box, and counts it", async () => {
    const { page } = await openPage(real, sampleSource(), { path: overview });
    await page.locator(".overview-box", { has: page.locator(".head", { hasText: /^Sales$/ }) }).hover();
    await page.locator(".overview-ribbons .lit.up path").first().waitFor();
    expect(await page.locator(".overview-foot").textContent()).toContain(
      "Sales · fed by 2 assets · feeds 2 assets, 2 workbooks among them",
    );
    expect(await page.locator(".overview-box.lit").count()).toBe(5);
    await page.mouse.move(2, 2);
    await page.locator(".overview-ribbons .lit").first().waitFor({ state: "detached" });
  });

  it("opens folders, combines parts of several lanes, and goes back with the browser", async () => {
    const { page, url } = await openPage(real, sourceOf(1_000), { path: overview });
    const heading = (lane: string) => page.getByRole("heading", { name: lane });
    const folder = page.locator(".overview-box[data-box^=products]").first();
    const name = (await folder.locator(".name").textContent()) ?? "";
    await folder.click();
    await page.getByRole("navigation", { name: "Part of the overview" }).getByText(name).waitFor();
    expect(await heading("Sources").textContent()).toMatch(/\d+ of \d+/);
    await page.locator(".overview-box[data-box^=sources]").first().click();
    expect(new URL(page.url()).searchParams.getAll("in")).toHaveLength(2);
    expect(await drawnProblems(page)).toEqual([]);
    await page.goBack();
    await page.goBack();
    expect(page.url()).toBe(`${url}${overview}`);
    expect(await heading("Sources").textContent()).not.toContain(" of ");
  });

  it("is usable by keyboard alone: arrows move along ribbons, Enter opens, Escape goes back", async () => {
    const { page } = await openPage(real, sourceOf(1_000), { path: overview });
    await page.locator(".overview-box[tabindex='0']").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    const focused = (): Promise<string> =>
      page.evaluate("document.activeElement.dataset.box ?? ''") as Promise<string>;
    expect(await focused()).toMatch(/^models/);
    await page.locator(".overview-ribbons .lit").first().waitFor();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toMatch(/^products/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/in=/);
    await page.locator(".overview-box[tabindex='0']").focus();
    await page.keyboard.press("Escape");
    await page.waitForURL((address) => !address.searchParams.has("in"));
    expect(await page.locator(".overview-box[tabindex='0']").count()).toBe(1);
  });

  it("lists the assets of a box that stands for many, with a filter, and shows the lineage of the chosen one", async () => {
    const { page } = await openPage(real, sourceOf(10_000), {
      path: `${overview}&in=products/Folder%201/Part%201`,
    });
    await page.locator(".overview-box.moreAssets[data-box^=products]").click();
    const list = page.getByRole("dialog");
    await list.getByRole("searchbox").fill("workbook 6");
    await list
      .getByRole("button", { name: /^Workbook 6/ })
      .first()
      .click();
    await page.getByRole("region", { name: /Lineage of Workbook 6/ }).waitFor();
    await page.getByRole("complementary", { name: /Details of Workbook 6/ }).waitFor();
    await page.getByRole("button", { name: "← Everything" }).click();
    await page.locator(".overview-stage").waitFor();
  });

  it.each(["light", "dark"] as const)("has no accessibility violation: %s", async (colorScheme) => {
    const { page } = await openPage(real, sourceOf(1_000), { path: overview, colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    );
    expect(violations).toEqual([]);
  });

  it("stands as lists one under another on a small screen", async () => {
    const { page } = await openPage(real, sourceOf(1_000), { path: overview, width: 390, height: 800 });
    await page.getByRole("heading", { name: "Sources" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.locator(".overview-box[data-box^=products]").first().scrollIntoViewIfNeeded();
    await page.locator(".overview-box[data-box^=products]").first().click();
    await page.waitForURL(/in=|asset=/);
  });
});
