import { Definitions } from "@dagster-sigma/asset-graph";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { type PageServer, pageOutlet, startPageServer } from "@dagster-sigma/web-ui";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsChromium, startChromium } from "../../web-ui/test/chromium.ts";
import { sampleEarlierGraphs } from "../src/page-host/sample-earlier-graphs.ts";
import { Actor } from "./answers/actor.ts";
import { questions } from "./answers/questions.ts";

const browser = await startChromium();

async function load({ baseUrl, clientId, clientSecret }: Sandbox): Promise<Definitions> {
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  const assets = await loadSigmaAssetSpecs(sigma, { workbookColumns: true, customSql: true });
  return new Definitions({ assets, resources: { sigma } });
}

describe.skipIf(browser === null)(`the page of the sample organization ${needsChromium}`, () => {
  const real = browser as Browser;
  let definitions = new Definitions();
  let server: PageServer;
  beforeAll(async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    definitions = await load(sandbox);
    await sandbox.close();
    const earlier = sampleEarlierGraphs(load);
    server = await startPageServer({
      source: createStaticDefinitionsSource(definitions, pageOutlet()),
      earlier,
    });
  });
  afterAll(async () => {
    await server.close();
    await browser?.close();
  });

  it.each(questions)("answers in at most three actions: $text", async ({ expected, answer }) => {
    const context = await real.newContext({ viewport: { width: 1_440, height: 860 } });
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    await page.goto(server.url);
    await page.locator(".overview-box").first().waitFor();
    const actor = new Actor(page);
    const right = expected(definitions);
    expect(right.length).toBeGreaterThan(0);
    expect(await answer(actor)).toEqual(right);
    expect(actor.actions).toBeLessThanOrEqual(3);
    await context.close();
  });
});
