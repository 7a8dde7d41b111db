// Takes the screenshots in docs/images/: the real Dagster with the example and a sandbox. Needs Chromium (CHROMIUM,
// else /usr/bin/chromium) and Python; run it with `npm run screenshots [-- NAME …]`, then look at the result.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { pythonEnvironment, startDagster } from "../conformance/dist/index.js";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const images = join(root, "docs", "images");
const example = join(root, "examples", "with-dagster");

const definitions = `
import { Definitions, EnvVar, loadSigmaAssetSpecs, noArchivedUpstream, notStaleFor, SigmaOrganization, sigmaActivitySensor, sigmaAssetChecks } from "dagster-sigma";
const sigma = new SigmaOrganization({ baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET") });
const assets = await loadSigmaAssetSpecs(sigma, { groupByFolder: true });
const checks = sigmaAssetChecks({ assets, checks: [noArchivedUpstream, notStaleFor(365)], minimumIntervalSeconds: 5 });
export default new Definitions({ assets, assetChecks: checks.assetChecks, sensors: [sigmaActivitySensor({ organization: sigma, load: { groupByFolder: true }, minimumIntervalSeconds: 5 }), checks.sensor] });
`;

const python = await pythonEnvironment("dagster-webserver");
if (python === null) throw new Error("The real Dagster needs Python 3.10 or newer.");
const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pictures-"));
writeFileSync(join(folder, "definitions.ts"), definitions);
const sandbox = await startSandbox({ organization: buildSampleCompany() });
const served = spawn(
  process.execPath,
  [
    join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js"),
    ...["serve", "-f", join(folder, "definitions.ts"), "--port", "0", "--json"],
  ],
  {
    env: {
      ...process.env,
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
    },
    stdio: ["ignore", "pipe", "pipe"],
  },
);
const [line] = await once(createInterface(served.stdout), "line");
await once(served.stderr, "data");
const dagster = await startDagster({
  python,
  locations: [
    { name: "sigma", port: JSON.parse(line).port },
    { name: "warehouse", pythonFile: join(example, "warehouse", "definitions.py") },
  ],
  daemon: true,
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  mkdirSync(images, { recursive: true });
  // The daemon needs time for a few evaluations.
  await new Promise((resolve) => setTimeout(resolve, 45_000));
  const page = await browser.newPage({ viewport: { width: 1_400, height: 850 } });
  const pictures = {
    "dagster-lineage": "/assets/Refund_Reasons?view=lineage&lineageScope=upstream&lineageDepth=2",
    "dagster-asset": "/assets/Sales?view=overview",
    "dagster-sensor": "/locations/sigma/sensors/sigma_activity",
  };
  const asked = process.argv.slice(2);
  for (const [name, path] of Object.entries(pictures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    await page.goto(`${dagster.url}${path}`, { waitUntil: "networkidle" }).catch(() => undefined);
    // Dagster shows a welcome dialog to new users.
    await page
      .getByRole("button", { name: "Skip" })
      .click({ timeout: 5_000 })
      .catch(() => undefined);
    await page.waitForTimeout(5_000);
    await page.screenshot({ path: join(images, `${name}.png`) });
  }
} finally {
  await browser.close();
  await dagster.close();
  served.kill("SIGTERM");
  await sandbox.close();
}
