import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { sampleSource } from "./sample-definitions.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await startChromium();
afterAll(() => browser?.close());

const overview = "?picture=overview";

describe.skipIf(browser === null)(`the filters in the browser ${needsChromium}`, () => {
  const real = browser as Browser;

  it("write the selection, say in words what it selects, and read one that was typed", async () => {
    const { page, complaints } = await openPage(real, sampleSource(), { path: overview });
    const filters = page.getByRole("region", { name: "Filters" });
    await filters.getByRole("button", { name: "Kind" }).click();
    await page.getByRole("checkbox", { name: /^workbook/ }).check();
    await filters.getByText(/^2 of \d+$/).waitFor();
    expect(await filters.getByRole("status").textContent()).toContain("assets of kind workbook");
    expect(new URL(page.url()).searchParams.get("select")).toBe('kind:"workbook"');
    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.textContent")).toContain("Kind: workbook");
    await filters.getByRole("button", { name: "Owner" }).click();
    await page.getByRole("checkbox", { name: /^No owner/ }).check();
    expect(new URL(page.url()).searchParams.get("select")).toBe('kind:"workbook" and owner:<null>');
    // A click elsewhere closes the list.
    await page.mouse.click(700, 500);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    await filters.getByRole("button", { name: "Select everything" }).click();
    expect(new URL(page.url()).searchParams.get("select")).toBeNull();

    const box = page.getByRole("combobox", { name: /^Find/ });
    await box.fill("folder:shop and not kind:workbook");
    await page.getByText(/selects/).waitFor();
    expect(await page.locator(".selection-preview").textContent()).toMatch(
      /Enter selects [1-9]\d* of \d+: assets in the folder shop and not of kind workbook/,
    );
    await box.press("Enter");
    await filters.getByRole("button", { name: "Folder: shop" }).waitFor();
    expect(await page.locator(".overview-box").count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it("say what is wrong with nothing while they are used, on a narrow screen", async () => {
    const { page } = await openPage(real, sampleSource(), {
      path: overview,
      width: 390,
      height: 800,
      bypassCSP: true,
    });
    for (const name of ["Kind", "Folder", "Owner", "Problems", "Changed"]) {
      await page.getByRole("region", { name: "Filters" }).getByRole("button", { name }).click();
      const list = page.locator(".filter-options");
      await list.waitFor();
      const place = await list.boundingBox();
      expect(place?.x, name).toBeGreaterThanOrEqual(0);
      expect((place?.x ?? 0) + (place?.width ?? 0), name).toBeLessThanOrEqual(390);
    }
    await page.addScriptTag({ content: axe });
    const found = (await page.evaluate("axe.run()")) as { violations: readonly { id: string }[] };
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  });
});
