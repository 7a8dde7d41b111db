import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { hostileName, sampleSource } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

async function saved(
  page: Page,
  type: "SVG" | "PNG",
): Promise<{ readonly name: string; readonly data: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".save-picture").getByRole("button", { name: type }).click(),
  ]);
  return { name: file.suggestedFilename(), data: readFileSync(await file.path()) };
}

describe.skipIf(browser === null)(`saved pictures ${needsChromium}`, () => {
  const real = browser as Browser;

  it.each([
    ["the overview", "?picture=overview", "overview", ["Sources", "Workbooks", "feeds 2 workbooks"]],
    [
      "the lineage",
      "?picture=overview&asset=Sales&focus=Sales&columns=1",
      "lineage of Sales",
      ["Feeds it", "NET"],
    ],
  ])("have the names, boxes and lines of %s, as SVG and as PNG", async (_what, path, name, words) => {
    const { page, complaints } = await openPage(real, sampleSource(), { path });
    await page.locator(".save-picture").waitFor();
    const svg = await saved(page, "SVG");
    expect(svg.name).toBe(`${name}.svg`);
    const text = svg.data.toString();
    // A browser that reads it as XML finds no mistake, and no script in it is executed.
    const read = await page.evaluate(
      `(() => {
        const file = new DOMParser().parseFromString(${JSON.stringify(text)}, "image/svg+xml");
        const all = (name) => [...file.querySelectorAll(name)];
        return {
          errors: all("parsererror").length,
          scripts: all("script").length,
          texts: all("text").map((element) => element.textContent),
          boxes: all("rect").length,
          lines: all("path").length,
        };
      })()`,
    );
    expect(read).toMatchObject({ errors: 0, scripts: 0, texts: expect.arrayContaining(words) });
    const { texts, boxes, lines } = read as {
      readonly texts: readonly string[];
      readonly boxes: number;
      readonly lines: number;
    };
    expect(boxes).toBeGreaterThan(3);
    expect(lines).toBeGreaterThan(3);
    // Controls are not part of the picture.
    expect(texts).not.toContain("PNG");
    const png = await saved(page, "PNG");
    expect([png.name, png.data.subarray(1, 4).toString()]).toEqual([`${name}.png`, "PNG"]);
    expect(png.data.length).toBeGreaterThan(5_000);
    expect(complaints).toEqual([]);
  });

  it("contain hostile names as text, in a file with a harmless name", async () => {
    const key = "Hostile";
    const { page } = await openPage(real, sampleSource(), {
      path: `?picture=overview&asset=${key}&focus=${key}`,
    });
    const svg = await saved(page, "SVG");
    expect(svg.name).not.toMatch(/[<>"/]/);
    expect(svg.data.toString()).not.toContain("<script>");
    expect(svg.data.toString()).not.toContain("<img");
    expect(hostileName).toContain("<script>");
  });

  it("fit a sheet of A4 when they are printed", async () => {
    const { page } = await openPage(real, sampleSource(), { path: "?picture=overview" });
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(await page.evaluate("Number(document.body.style.getPropertyValue('--print-zoom'))")).toBeLessThan(
      0.6,
    );
    await page.emulateMedia({ media: "print" });
    for (const control of [".header", ".filter-row", ".save-picture", ".list-lane"])
      expect(await page.locator(control).first().isVisible()).toBe(false);
  });
});
