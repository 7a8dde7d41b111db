import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { hostileName, sampleSource } from "./sample-definitions.ts";

const schedules = [
  { name: "Orders", cron: "0 5 * * *", timeZone: "Europe/Lisbon", isPaused: false },
  { name: hostileName, cron: null, timeZone: null, isPaused: true },
];
const sales = new AssetSpec({
  key: "Sales",
  metadata: { "tool/schedules": "repeated", "tool/other": "not repeated" },
  presentation: { schedules, repeatedMetadata: ["tool/schedules"] },
});
const definitions = new Definitions({ assets: [sales] });

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`the schedules of an asset ${needsChromium}`, () => {
  const real = browser as Browser;

  it("show when its own tool materializes it, and whether they are paused", async () => {
    const { page, complaints } = await openPage(real, sampleSource(definitions), { path: "?asset=Sales" });
    const section = page.getByRole("complementary").locator("section.schedules");
    await section.waitFor();
    expect(await section.locator("h3").textContent()).toMatch(/^Schedules\s*2$/);
    const shown = await section.locator(".facts > div").allInnerTexts();
    expect(shown.map((row) => row.replaceAll(/\s+/g, " "))).toEqual([
      "Orders 0 5 * * * Europe/Lisbon",
      `${hostileName.replaceAll(/\s+/g, " ")} no time paused`,
    ]);
    const metadata = await page.getByRole("complementary").locator(".metadata").textContent();
    expect(metadata).toBe("othernot repeated");
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
