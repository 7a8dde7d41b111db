import { AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { InProcessDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { Browser } from "playwright-core";
import { afterAll, describe, expect, it, vi } from "vitest";
import { pageOutlet } from "../src/index.ts";
import { needsChromium, startChromium } from "./chromium.ts";
import { openPage } from "./open-page.ts";
import { sampleDefinitions } from "./sample-definitions.ts";

const browser = await startChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === null)(`a page whose status stream is refused ${needsChromium}`, () => {
  it("requests the status instead, follows changes, and opens a stream once it may", async () => {
    let definitions = sampleDefinitions();
    const source = new InProcessDefinitionsSource({
      outlet: pageOutlet(),
      definitions,
      load: () => definitions,
    });
    const serverOptions = { maxEventStreams: 1 };
    const { page, url } = await openPage(browser as Browser, source, { serverOptions });
    const tab = await page.context().newPage();
    await tab.clock.install();
    await tab.goto(`${url}?picture=cards`);
    await tab.locator('.graph-canvas[data-assets="5"]').waitFor();
    definitions = new Definitions({ assets: [new AssetSpec({ key: "one" })] });
    await source.reload();
    await page.locator('.graph-canvas[data-assets="1"]').waitFor();
    expect(await tab.locator(".graph-canvas").getAttribute("data-assets")).toBe("5");
    expect(await tab.getByText("The server does not answer").count()).toBe(0);

    await tab.clock.fastForward(10_000);
    await tab.locator('.graph-canvas[data-assets="1"]').waitFor();

    await page.close();
    let isStreamed = false;
    tab.on("response", (response) => {
      isStreamed ||= response.url().endsWith("/api/events") && response.status() === 200;
    });
    await vi.waitFor(async () => {
      await tab.clock.fastForward(10_000);
      expect(isStreamed).toBe(true);
    });
  });
});
