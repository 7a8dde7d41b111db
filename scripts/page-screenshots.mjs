// Takes the screenshots of the page in docs/images/: the sample organization in a real browser. Needs Chromium
// (CHROMIUM, else /usr/bin/chromium); run it with `npm run screenshots:page`, then look at the result.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Definitions } from "../packages/asset-graph/dist/index.js";
import { createStaticDefinitionsSource } from "../packages/definitions-host/dist/index.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";
import { pageOutlet, startPageServer } from "../packages/web-ui/dist/index.js";

const images = join(fileURLToPath(new URL("..", import.meta.url)), "docs", "images");

/** Name, address, and actions before the screenshot. */
const pictures = [
  ["page-graph", "?asset=harbor%2Fsales%2Forders&column=NET_AMOUNT", {}],
  ["page-graph-dark", "?asset=Sales", { colorScheme: "dark" }],
  ["page-groups", "?open=none", {}],
  ["page-column", "?asset=harbor%2Fsales%2Forders&column=NET_AMOUNT&trace=1", {}],
  ["page-focus", "?asset=Sales&focus=Sales&up=2&down=1", {}],
  ["page-impact", "?view=impact&asset=harbor%2Fsales%2Forders&column=NET_AMOUNT", {}],
  ["page-catalogue", "?view=catalogue", {}],
  ["page-health", "?view=health", {}],
  ["page-small", "?asset=Sales", { width: 390, height: 800 }],
];

const sandbox = await startSandbox({ organization: buildSampleCompany() });
const { baseUrl, clientId, clientSecret } = sandbox;
const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
const definitions = new Definitions({
  assets: await loadSigmaAssetSpecs(sigma, { workbookColumns: true, customSql: true }),
  resources: { sigma },
});
const source = createStaticDefinitionsSource(definitions, pageOutlet());
const server = await startPageServer({ source });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  mkdirSync(images, { recursive: true });
  for (const [name, address, { width = 1_440, height = 860, colorScheme = "light" }] of pictures) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: "reduce",
    });
    await context.addInitScript(() => localStorage.setItem("dagster-sigma-welcomed", "1"));
    const page = await context.newPage();
    await page.goto(`${server.url}${address}`);
    await page.waitForTimeout(1_200);
    await page.screenshot({ path: join(images, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
  await sandbox.close();
}
