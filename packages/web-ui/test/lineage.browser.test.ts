import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { largeDefinitions } from "./large-definitions.ts";
import { openPage } from "./open-page.ts";
import { sampleSource } from "./sample-definitions.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await startChromium();
afterAll(() => browser?.close());

const overview = "?picture=overview";

describe.skipIf(browser === null)(`the lineage of an asset in the browser ${needsChromium}`, () => {
  const real = browser as Browser;

  it("opens with a click on an asset, beside its details, and ends with Everything or Back", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), { path: overview });
    await page.locator(".overview-box", { has: page.locator(".head", { hasText: /^Sales$/ }) }).click();
    await page.getByRole("region", { name: "Lineage of Sales" }).waitFor();
    await page.getByRole("complementary", { name: "Details of Sales" }).waitFor();
    const headings = await page.locator(".lineage-heads h2").allTextContents();
    expect(headings).toEqual(["Feeds it", "This asset", "Reads it"]);
    await page.locator(".lineage-card", { hasText: "orders" }).click();
    await page.getByRole("region", { name: "Lineage of orders" }).waitFor();
    await page.goBack();
    await page.getByRole("region", { name: "Lineage of Sales" }).waitFor();
    await page.getByRole("button", { name: "← Everything" }).click();
    await page.locator(".overview-stage").waitFor();
    expect(complaints).toEqual([]);
  });

  it("is where the search leads, with keys along the lines, Enter for another center, and Escape back", async () => {
    const { page } = await openPage(real, sampleSource(), { path: overview });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("sales");
    await page.getByRole("option", { name: /^Sales/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Lineage of Sales" }).waitFor();
    await page.locator(".lineage-node.center .lineage-card").focus();
    await page.keyboard.press("ArrowRight");
    const focused = (): Promise<string> =>
      page.evaluate("document.activeElement.dataset.card ?? ''") as Promise<string>;
    expect(await focused()).toMatch(/^asset (Board|Hostile)$/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("asset shop/crm/customers");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Lineage of customers" }).waitFor();
    await page.locator(".lineage-node.center .lineage-card").focus();
    await page.keyboard.press("Escape");
    await page.locator(".overview-stage").waitFor();
  });

  it("shows columns in the cards on request, one column's lines, and its formula", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), {
      path: "?picture=overview&focus=Sales&up=1&down=1&asset=Sales",
      bypassCSP: true,
    });
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    const columns = page.locator(".lineage-column");
    await columns.first().waitFor();
    expect(await columns.allTextContents()).toEqual([
      "NET, feeds 1 column",
      "Orders/Net, computed from 1 column, feeds 1 column",
      "Chart/Revenue, computed from 1 column",
    ]);
    expect(await page.locator(".column-line").count()).toBe(2);
    await columns.nth(1).hover();
    const formula = page.locator(".lineage-formula");
    await formula.getByText("Sum([orders/NET])").waitFor();
    expect(await formula.textContent()).toContain("computed from NET of orders");
    await columns.nth(1).click();
    expect(new URL(page.url()).searchParams.get("column")).toBe("Orders/Net");
    await page.getByRole("heading", { name: /^If it is dropped/ }).waitFor();
    // The keys follow the lines.
    await columns.nth(1).focus();
    await page.keyboard.press("ArrowRight");
    const focused = (): Promise<string> => page.evaluate("document.activeElement.title") as Promise<string>;
    expect(await focused()).toBe("Chart/Revenue");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("NET");
    const small = await page.evaluate(
      `[...document.querySelectorAll(".lineage *")].filter((element) => element.children.length === 0 && element.textContent.trim() !== "" && !element.classList.contains("unseen") && parseFloat(getComputedStyle(element).fontSize) < 12).length`,
    );
    expect(small).toBe(0);
    await page.addScriptTag({ content: axe });
    const found = (await page.evaluate("axe.run()")) as { violations: readonly { id: string }[] };
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    // The column is closed again.
    await columns.nth(1).click();
    expect(new URL(page.url()).searchParams.get("column")).toBeNull();
    expect(complaints).toEqual([]);
  });

  it("says that an asset is gone, and offers those with a similar name", async () => {
    const { page } = await openPage(real, sampleSource(), {
      path: `${overview}&focus=shop%2Fsales%2Fordrs&up=1&down=1`,
    });
    const alert = page.getByRole("alert").filter({ hasText: "There is no asset" });
    expect(await alert.textContent()).toContain("There is no asset shop/sales/ordrs.");
    await alert.getByRole("button", { name: /orders/ }).click();
    await page.getByRole("region", { name: "Lineage of orders" }).waitFor();
  });

  it("closes crowded layers into folders, which open in their place, and shows more steps on request", async () => {
    const definitions = largeDefinitions(10_000);
    const source = new InProcessDefinitionsSource({
      outlet: pageOutlet(),
      definitions,
      load: () => definitions,
    });
    const { page } = await openPage(real, source, {
      path: `${overview}&focus=Model_4200&up=1&down=1&asset=Model_4200`,
    });
    const cards = await page.locator(".lineage-card").count();
    expect(cards).toBeLessThanOrEqual(60);
    const smallest = (await page.evaluate(
      "Math.min(...[...document.querySelectorAll('.lineage *')].filter((e) => e.children.length === 0 && e.textContent.trim() !== '').map((e) => parseFloat(getComputedStyle(e).fontSize)))",
    )) as number;
    expect(smallest).toBeGreaterThanOrEqual(12);
    const folder = page.locator(".lineage-card.folder").first();
    if ((await folder.count()) > 0) {
      await folder.click();
      await page.getByRole("button", { name: "Close the folder" }).click();
    }
    await page.getByRole("combobox", { name: "Steps up" }).selectOption("3");
    expect(new URL(page.url()).searchParams.get("stepsUp")).toBe("3");
  });

  it.each(["light", "dark"] as const)("has no accessibility violation: %s", async (colorScheme) => {
    const path = `${overview}&focus=Sales&up=1&down=1&asset=Sales`;
    const { page } = await openPage(real, sampleSource(), { path, colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axe });
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    );
    expect(violations).toEqual([]);
  });

  it("is moved by the mouse and by a finger where it does not fit", async () => {
    const { page } = await openPage(real, sampleSource(), {
      path: "?picture=overview&focus=Sales&up=1&down=1&asset=Sales&stepsUp=4&stepsDown=4",
      width: 600,
      height: 420,
      hasTouch: true,
    });
    const frame = page.locator(".lineage-frame");
    const left = (): Promise<number> =>
      frame.evaluate((element) => Math.round((element as unknown as { scrollLeft: number }).scrollLeft));
    const box = await frame.boundingBox();
    if (box === null) throw new Error("The frame is not drawn.");
    const start = await left();
    await page.mouse.move(box.x + 150, box.y + box.height - 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 110, box.y + box.height - 20, { steps: 4 });
    await page.mouse.up();
    const dragged = await left();
    expect(dragged).toBeGreaterThan(start);
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number): Promise<unknown> =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x, y: box.y + box.height - 20 }],
      });
    await touch("touchStart", box.x + 100);
    for (let x = 110; x <= 190; x += 10) await touch("touchMove", box.x + x);
    await touch("touchEnd", 0);
    await expect.poll(left).toBeLessThan(dragged);
  });

  it("can be used on a small screen", async () => {
    const path = `${overview}&focus=Sales&up=1&down=1`;
    const { page } = await openPage(real, sampleSource(), { path, width: 390, height: 800 });
    await page.locator(".lineage-node.center .lineage-card").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  });
});
