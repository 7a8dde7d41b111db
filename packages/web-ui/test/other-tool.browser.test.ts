import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage, savedPicture } from "./open-page.ts";
import { otherToolDefinitions } from "./other-tool.ts";
import { sampleSource } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`the page of another tool ${needsChromium}`, () => {
  const real = browser as Browser;

  it("shows its kinds in lanes, legend and catalog, and its own links", async () => {
    const content = sampleSource(otherToolDefinitions());
    const { page, complaints } = await openPage(real, content, { path: "?asset=acme%2Fmonthly" });
    const { svg } = await savedPicture(page);
    for (const title of ["Tables  1", "Cubes  1", "Cubes · 2  2", "Reports  2"])
      expect(svg).toContain(`>${title}<`);
    const legend = page.getByRole("list", { name: "Legend" });
    expect((await legend.getByRole("listitem").allInnerTexts()).slice(0, 3)).toEqual([
      "Table",
      "Cube",
      "Report",
    ]);
    const panel = page.getByRole("complementary", { name: "Details of monthly of Acme" });
    const link = panel.getByRole("link", { name: "Open in Acme" });
    expect(await link.getAttribute("href")).toBe("https://acme.example/monthly");
    expect(await panel.locator(".facts").first().textContent()).toContain("FolderAcme / Board");
    await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Catalog" }).click();
    await page.getByRole("searchbox", { name: "Filter the catalog" }).fill("cube");
    expect(await page.locator(".catalog tbody .asset-link").allInnerTexts()).toEqual([
      "margins of Acme",
      "sales of Acme",
      "unused of Acme",
    ]);
    expect(await page.locator("body").textContent()).not.toContain("Sigma");
    expect(complaints).toEqual([]);
  });
});
