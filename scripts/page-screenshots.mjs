// Takes pictures of every view of the page, at four sizes and in both themes, of the sample organization and of generated ones:
// `npm run screenshots:page -- FOLDER`. Without a folder it takes the pictures of the docs. Needs Chromium (CHROMIUM, else
// /usr/bin/chromium). Look at the result.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { Definitions } from "../packages/asset-graph/dist/index.js";
import { createStaticDefinitionsSource } from "../packages/definitions-host/dist/index.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import {
  buildSampleCompany,
  generateOrganization,
  startSandbox,
} from "../packages/sigma-sandbox/dist/index.js";
import { pageOutlet, startPageServer } from "../packages/web-ui/dist/index.js";

const images = fileURLToPath(new URL("../docs/images", import.meta.url));
const [folder] = process.argv.slice(2);
const sample = "sample";
/** Number of workbooks of the organizations. */
const organizations = folder === undefined ? { [sample]: null } : { [sample]: null, 1000: 700, 10000: 7_000 };
const sizes = [
  [1_440, 860],
  [1_280, 720],
  [1_024, 768],
  [390, 800],
];
const views = {
  overview: "",
  lineage: "?focus=Sales&up=1&down=1&asset=Sales",
  cards: "?picture=cards",
  catalog: "?view=catalog",
  impact: "?view=impact&asset=Sales",
  health: "?view=health",
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  for (const [name, workbooks] of Object.entries(organizations)) {
    const server = await serve(workbooks);
    if (folder === undefined) await takeForDocs(server.url);
    else
      for (const [view, path] of Object.entries(views))
        for (const [width, height] of sizes)
          for (const colorScheme of ["light", "dark"]) {
            const file = join(folder, `${name}-${view}-${width}-${colorScheme}.png`);
            await take(`${server.url}${path}`, file, { width, height, colorScheme });
          }
    await server.close();
  }
} finally {
  await browser.close();
}

async function serve(workbooks) {
  const organization =
    workbooks === null ? buildSampleCompany() : generateOrganization({ seed: 1, workbooks });
  const sandbox = await startSandbox({ organization });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  const assets = await loadSigmaAssetSpecs(sigma, { workbookColumns: workbooks === null });
  await sandbox.close();
  const source = await createStaticDefinitionsSource(new Definitions({ assets }), pageOutlet());
  return await startPageServer({ source });
}

async function takeForDocs(url) {
  const size = { width: 1_440, height: 860, colorScheme: "light" };
  await take(url, join(images, "page-graph.png"), size, (page) =>
    page
      .locator(".overview-box", { has: page.locator(".head", { hasText: /^sales$/ }) })
      .first()
      .hover(),
  );
  await take(`${url}${views.lineage}`, join(images, "page-lineage.png"), size);
}

async function take(url, file, { width, height, colorScheme }, prepare = async () => undefined) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
  });
  await context.addInitScript("try { localStorage.setItem('dagster-sigma-welcomed', '1') } catch {}");
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" }).catch(() => undefined);
  await page
    .locator(".overview-stage, .lineage-stage, .lineage-gone, .graph-canvas, .page-view")
    .first()
    .waitFor();
  await prepare(page);
  await page.waitForTimeout(500);
  mkdirSync(join(file, ".."), { recursive: true });
  await page.screenshot({ path: file });
  await context.close();
}
