// How many actions, and how many seconds, lead from the start page to the answers to fifteen questions, on this page and on Dagster's?
// A click, a key, a text that is typed and a choice in a list are one action each. Seconds are those of the pages, without the time that
// people need to look and think: from opening the start page until the answer was read by a script. Needs Chromium and Python.
import "../scripts/typescript/register.mjs";
import { chromium } from "playwright-core";
import { pythonEnvironment, startDagster } from "../conformance/dist/index.js";
import { Definitions } from "../packages/asset-graph/dist/index.js";
import { codeLocationOutlet, hostFeatures, startCodeLocation } from "../packages/code-location/dist/index.js";
import { createStaticDefinitionsSource } from "../packages/definitions-host/dist/index.js";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../packages/sigma-assets/dist/index.js";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";
import { pageOutlet, startPageServer } from "../packages/web-ui/dist/index.js";

const { Actor } = await import("../packages/dagster-sigma/test/answers/actor.ts");
const { questions } = await import("../packages/dagster-sigma/test/answers/questions.ts");
const { sampleEarlierGraphs } = await import(
  "../packages/dagster-sigma/dist/page-host/sample-earlier-graphs.js"
);

const rounds = 3;
const viewport = { width: 1_440, height: 860 };

/** How Dagster's page answers a question, by the number of the question; or why it does not. */
const inDagster = [
  async (actor) => {
    await upstreamInDagster(actor);
    // Dagster hides assets that no location defines: stubs.
    await actor.press("Alt+s");
    await actor.page.getByText("ledger", { exact: true }).first().waitFor();
  },
  async (actor) => {
    await upstreamInDagster(actor);
    await actor.page.getByText("Ledger", { exact: true }).first().waitFor();
  },
  "in 5: a selection in its syntax on Lineage, with stubs and all groups open (counted by hand)",
  "no: columns of tables that no location defines are unknown, and `column:` needs Dagster+",
  "no: its search does not find columns",
  "in 12: its lists have no owners, so each workbook is opened (counted by hand)",
  "no: it does not know what loading reported",
  "no: times of changes are metadata of single assets",
  "no: tables that no location defines are in one group",
  "in 7: its search does not find the table (counted by hand)",
  "no: columns of tables that no location defines are unknown",
  "no: the elements of a workbook are unknown to it",
  "no: columns of tables that no location defines are unknown",
  "no: it keeps no earlier definitions",
  "in 3: a selection in its syntax on Catalog (counted by hand)",
];

async function upstreamInDagster(actor) {
  const { page } = actor;
  await actor.press("/");
  actor.actions++;
  await page.keyboard.type("Revenue_Overview");
  await page
    .locator("[class*=ResultsList], [class*=results] li, ul li")
    .getByText("Revenue_Overview")
    .first()
    .waitFor();
  await actor.press("Enter");
  await actor.click(page.getByRole("tab", { name: "Lineage" }));
  await actor.click(page.getByRole("button", { name: "Upstream" }));
  await actor.click(page.getByRole("button", { name: "All" }));
}

const sandbox = await startSandbox({ organization: buildSampleCompany() });
const definitions = await load(sandbox);
await sandbox.close();
const server = await startPageServer({
  source: createStaticDefinitionsSource(definitions, pageOutlet()),
  earlier: sampleEarlierGraphs(load),
});
const location = await startCodeLocation({
  source: createStaticDefinitionsSource(definitions, codeLocationOutlet(hostFeatures("1.13"))),
});
const python = await pythonEnvironment("dagster-webserver");
const dagster =
  python === null
    ? null
    : await startDagster({ python, locations: [{ name: "sigma", port: location.port }] });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  console.log("| | question | actions here | s here | in Dagster: actions | s |\n|---|---|---|---|---|---|");
  for (const [at, question] of questions.entries()) {
    const ours = await measure(server.url, async (actor) => {
      await actor.page.locator(".overview-box").first().waitFor();
      const answer = await question.answer(actor);
      const expected = question.expected(definitions);
      if (JSON.stringify(answer) !== JSON.stringify(expected))
        throw new Error(`${question.text} ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`);
    });
    const way = inDagster[at];
    const theirs =
      dagster === null
        ? ["not measured", ""]
        : typeof way === "string"
          ? [way, ""]
          : await measure(dagster.url, async (actor) => {
              await actor.page.getByRole("link", { name: "Catalog" }).waitFor();
              await way(actor);
            });
    console.log(`| ${[at + 1, question.text, ...ours, ...theirs].join(" | ")} |`);
  }
} finally {
  await browser.close();
  await dagster?.close();
  await location.close();
  await server.close();
}

async function load({ baseUrl, clientId, clientSecret }) {
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  const assets = await loadSigmaAssetSpecs(sigma, {
    workbookColumns: true,
    customSql: true,
    groupByFolder: true,
  });
  return new Definitions({ assets, resources: { sigma } });
}

/** Actions, and the median of the seconds. */
async function measure(url, answer) {
  const seconds = [];
  let actions = 0;
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ viewport });
    // Dagster shows a dialog to new users.
    await context.addInitScript("try { localStorage.setItem('communityNux', '1') } catch {}");
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const startedMs = performance.now();
    await page.goto(url);
    if (url === dagster?.url)
      await page
        .getByRole("button", { name: "Skip" })
        .click({ timeout: 1_000 })
        .catch(() => undefined);
    const actor = new Actor(page);
    await answer(actor);
    seconds.push((performance.now() - startedMs) / 1_000);
    ({ actions } = actor);
    await context.close();
  }
  return [actions, seconds.sort((a, b) => a - b)[Math.floor(rounds / 2)].toFixed(1)];
}
