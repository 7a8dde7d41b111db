// Takes the screenshots of runs in docs/images/: the real Dagster with the sample organization and a sandbox. Needs Chromium
// (CHROMIUM, else /usr/bin/chromium) and Python; run it with `npm run screenshots:runs`, then look at the result.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import {
  endOfRun,
  launchAssets,
  locationVariables,
  pythonEnvironment,
  startDagster,
  withoutQueue,
} from "../conformance/dist/index.js";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const images = join(root, "docs", "images");

const definitions = `
import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const sigma = new SigmaOrganization({ baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET") });
export default new Definitions({
  assets: await loadSigmaAssetSpecs(sigma, { groupByFolder: true, materialize: true, materializeOptions: { firstPollMs: 500 } }),
  resources: { sigma },
});
`;

const python = await pythonEnvironment("dagster-webserver");
if (python === null) throw new Error("The real Dagster needs Python 3.10 or newer.");
const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pictures-"));
writeFileSync(join(folder, "definitions.ts"), definitions);
const sandbox = await startSandbox({ organization: buildSampleCompany() });
sandbox.materializations.addRule({ durationMs: 1_500 });
const served = spawn(
  process.execPath,
  [
    join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js"),
    ...["serve", "-f", join(folder, "definitions.ts"), "--port", "0", "--json"],
    ...["--runs", "worker", "--python", python],
  ],
  {
    env: { ...process.env, ...locationVariables(sandbox, { folder }), TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  },
);
const [line] = await once(createInterface(served.stdout), "line");
await once(served.stderr, "data");
const dagster = await startDagster({
  python,
  locations: [{ name: "sigma", port: JSON.parse(line).port }],
  dagsterYaml: withoutQueue,
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  mkdirSync(images, { recursive: true });
  const { assetNodes } = await dagster.graphql("{ assetNodes { assetKey { path } isMaterializable } }");
  const assets = assetNodes
    .filter(({ isMaterializable }) => isMaterializable)
    .map(({ assetKey }) => assetKey.path);
  console.log(`${assets.length} assets can be materialized: ${assets.join(", ")}`);
  const runId = await launchAssets(dagster, { location: "sigma", assets: assets.slice(0, 4) });
  const status = await endOfRun(dagster, runId);
  if (status !== "SUCCESS") throw new Error(`The run ended as ${status}. ${dagster.log()}`);
  const page = await browser.newPage({ viewport: { width: 1_400, height: 850 } });
  await openRun(page, runId, "");
  await page.screenshot({ path: join(images, "dagster-run.png") });
  // The lines of the sheets of all steps, with the log as high as the page.
  await openRun(page, runId, "?logs=element");
  const { width } = page.viewportSize();
  const filter = await page.getByPlaceholder("Filter…").boundingBox();
  await page.mouse.click(width - 28, filter.y + filter.height / 2);
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: join(images, "dagster-run-log.png") });
} finally {
  await browser.close();
  await dagster.close();
  served.kill("SIGTERM");
  await sandbox.close();
}

async function openRun(page, runId, query) {
  await page
    .goto(`${dagster.url}/runs/${runId}${query}`, { waitUntil: "networkidle" })
    .catch(() => undefined);
  // Dagster shows a welcome dialog to new users.
  await page
    .getByRole("button", { name: "Skip" })
    .click({ timeout: 5_000 })
    .catch(() => undefined);
  await page.waitForTimeout(3_000);
}
