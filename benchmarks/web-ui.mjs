// How fast does the page open, lay out, move, search and focus, compared with the asset graph of a real
// dagster-webserver on the same assets? Needs Chromium (CHROMIUM, else /usr/bin/chromium) and Python. Run it with
// `npm run bench -- web-ui`; SIZES and RUNS set the extent, DAGSTER=0 skips the dagster-webserver.
import { chromium } from "playwright-core";
import { printBars, printDagsterDetails } from "./web-ui/bars-table.mjs";
import { checkRandomLayouts, layoutOf } from "./web-ui/check-layouts.mjs";
import { chainOf, denseOf, fanInOf, organizationOf, randomGraph } from "./web-ui/generated-assets.mjs";
import { measureDagster, measureWhole as measureDagsterWhole } from "./web-ui/measure-dagster-page.mjs";
import { measureOurs, measureWhole, serveOurs } from "./web-ui/measure-our-page.mjs";
import { medians } from "./web-ui/medians.mjs";
import { serveDagster } from "./web-ui/serve-dagster.mjs";

const sizes = (process.env.SIZES ?? "1000,5000,10000").split(",").map(Number);
const runs = Number(process.env.RUNS ?? 1);
const isBesideDagster = process.env.DAGSTER !== "0";
const randomGraphs = 1_000;
const randomGraphsInBrowser = 10;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const startedMs = performance.now();
const results = { sizes: [], shapes: [], random: null };
try {
  // The first page also includes the browser's start-up time.
  await warmUp();
  for (const size of sizes) results.sizes.push(await measureSize(size));
  for (const [name, specs] of [
    ["chain of 500", chainOf(500)],
    ["1,000 read by one", fanInOf(1_000)],
    ["3,000 assets, 30,000 edges", denseOf(3_000, 30_000)],
  ])
    results.shapes.push(await measureShape(name, specs));
  results.random = await measureRandom();
} finally {
  await browser.close();
}
const chromiumVersion = browser.version();
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, Chromium ${chromiumVersion} without GPU, dagster-webserver 1.13.27, medians of ${runs}, ${Math.round((performance.now() - startedMs) / 1_000)} s in all\n`,
);
printBars(results);
if (isBesideDagster) printDagsterDetails(results);

async function measureSize(size) {
  const specs = organizationOf(size);
  const { layout, index, ...shape } = layoutOf(specs);
  const found = { size, shape, ours: null, dagster: null };
  const server = await serveOurs(specs);
  try {
    found.ours = await repeat(`${size} assets, ours`, () => measureOurs(browser, server.url, specs));
  } finally {
    await server.close();
  }
  if (!isBesideDagster) return found;
  const dagster = await serveDagster(specs);
  try {
    found.dagster = await repeat(`${size} assets, Dagster`, () =>
      measureDagster(browser, dagster.url, specs),
    );
    found.dagster.startMs = dagster.startMs;
  } finally {
    await dagster.close();
  }
  return found;
}

async function measureShape(name, specs) {
  const { layout, index, ...shape } = layoutOf(specs);
  const found = { name, shape, ours: null, dagster: null };
  const server = await serveOurs(specs);
  try {
    found.ours = await repeat(`${name}, ours`, () => measureWhole(browser, server.url, specs));
  } finally {
    await server.close();
  }
  if (!isBesideDagster) return found;
  const dagster = await serveDagster(specs);
  try {
    found.dagster = await repeat(`${name}, Dagster`, () => measureDagsterWhole(browser, dagster.url));
  } finally {
    await dagster.close();
  }
  return found;
}

/** Lays out many graphs in Node, and a few in the browser with a check that something is drawn. */
async function measureRandom() {
  const { problems, assets } = checkRandomLayouts(randomGraphs);
  const blank = [];
  for (let seed = 1; seed <= randomGraphsInBrowser; seed++) {
    const specs = randomGraph(seed);
    const server = await serveOurs(specs);
    try {
      const { ink, message } = await measureWhole(browser, server.url, specs, { isUsed: false });
      if (ink < 1 || message.length > 0) blank.push({ seed, ink, message });
    } finally {
      await server.close();
    }
  }
  return { graphs: randomGraphs, assets, problems, inBrowser: randomGraphsInBrowser, blank };
}

async function repeat(what, measure) {
  const measured = [];
  for (let run = 0; run < runs; run++) {
    const sinceMs = performance.now();
    measured.push(await measure());
    console.error(`${what}: ${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`);
  }
  return medians(measured);
}

async function warmUp() {
  const specs = organizationOf(100);
  const server = await serveOurs(specs);
  await measureWhole(browser, server.url, specs, { isUsed: false });
  await server.close();
}
