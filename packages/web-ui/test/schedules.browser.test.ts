import { AssetSpec, Definitions, MetadataValue } from "@dagster-sigma/asset-graph";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { hostileName, sampleSource } from "./sample-definitions.ts";

const rows = [
  {
    sheetId: "s1",
    elementName: "Orders",
    schedule: { cronSpec: "0 5 * * *", timezone: "Europe/Lisbon" },
    paused: false,
  },
  { sheetId: "s2", elementName: hostileName, schedule: null, paused: true },
  "no row",
];
const metadata = { "dagster_sigma/materialization_schedules": MetadataValue.json(rows) };
const definitions = new Definitions({ assets: [new AssetSpec({ key: "Sales", metadata })] });

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`the schedules of an asset ${needsChromium}`, () => {
  const real = browser as Browser;

  it("tell when it is materialized by its own tool, and whether that is paused", async () => {
    const { page, complaints } = await openPage(real, sampleSource(definitions), { path: "?asset=Sales" });
    const schedules = page.getByRole("complementary").locator("section.schedules");
    await schedules.waitFor();
    expect(await schedules.locator("h3").textContent()).toMatch(/^Schedules\s*2$/);
    const shown = await schedules.locator(".facts > div").allInnerTexts();
    expect(shown.map((row) => row.replaceAll(/\s+/g, " "))).toEqual([
      "Orders 0 5 * * * Europe/Lisbon",
      `${hostileName.replaceAll(/\s+/g, " ")} no time paused`,
    ]);
    expect(await page.getByRole("complementary").textContent()).not.toContain("materialization_schedules");
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(complaints).toEqual([]);
  });
});
