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
/** @param key of the asset that is looked at */
const viewsOf = (key) => {
  const center = `?focus=${encodeURIComponent(key)}&up=1&down=1&asset=${encodeURIComponent(key)}`;
  return {
    overview: "",
    selection: `?select=${encodeURIComponent('kind:"workbook" and owner:<null>')}`,
    lineage: center,
    columns: `${center}&columns=1`,
    cards: "?picture=cards",
    catalog: "?view=catalog",
    impact: `?view=impact&asset=${encodeURIComponent(key)}`,
    health: "?view=health",
    gone: "?focus=Nowhere&up=1&down=1",
  };
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  for (const [name, workbooks] of Object.entries(organizations)) {
    const { server, key } = await serve(workbooks);
    if (folder === undefined) await takeForDocs(server.url);
    else
      for (const [view, path] of Object.entries(viewsOf(key)))
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
  const assets = await loadSigmaAssetSpecs(sigma, {
    workbookColumns: workbooks === null || workbooks < 1_000,
  });
  await sandbox.close();
  const definitions = new Definitions({ assets });
  const server = await startPageServer({ source: createStaticDefinitionsSource(definitions, pageOutlet()) });
  // The data model that most assets read.
  const [most] = [...definitions.assetGraph.nodes.values()]
    .filter(({ spec }) => spec.kinds.includes("data_model"))
    .sort((a, b) => b.downstream.length - a.downstream.length);
  return { server, key: workbooks === null ? "Sales" : (most?.spec.key.toEscapedUserString() ?? "") };
}

async function takeForDocs(url) {
  const size = { width: 1_440, height: 860, colorScheme: "light" };
  await take(url, join(images, "page-graph.png"), size, (page) =>
    page
      .locator(".overview-box", { has: page.locator(".head", { hasText: /^sales$/ }) })
      .first()
      .hover(),
  );
  await take(`${url}${viewsOf("Sales").lineage}`, join(images, "page-lineage.png"), size);
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
