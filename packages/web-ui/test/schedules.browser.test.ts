import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { hostileName, sampleContent } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`the schedules of an asset ${needsChromium}`, () => {
  const real = browser as Browser;

  it("tell when it is materialized by its own tool, and whether that is paused", async () => {
    const { page, complaints } = await openPage(real, sampleContent(), { path: "?asset=Sales" });
    const schedules = page.getByRole("complementary").locator("section.schedules");
    await schedules.waitFor();
    expect(await schedules.locator("h3").textContent()).toMatch(/^Schedules\s*2$/);
    const rows = await schedules.locator(".facts > div").allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, " "))).toEqual([
      "Orders 0 5 * * * Europe/Lisbon",
      `${hostileName.replaceAll(/\s+/g, " ")} no time paused`,
    ]);
    expect(await page.getByRole("complementary").textContent()).not.toContain("materialization_schedules");
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
