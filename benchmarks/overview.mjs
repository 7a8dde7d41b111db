// How fast is the overview of the page there, how much is transferred for it, and how smooth is pointing at its boxes? Needs Chromium
// (CHROMIUM, else /usr/bin/chromium). Run it with `npm run bench -- overview`; SIZES and RUNS set the extent.
import { performance } from "node:perf_hooks";
import { chromium } from "playwright-core";
import { Definitions } from "../packages/asset-graph/dist/index.js";
import { buildPageGraph } from "../packages/web-ui/dist/model/build-page-graph.js";
import { GraphModel } from "../packages/web-ui/dist/model/graph-model.js";
import { buildOverview } from "../packages/web-ui/dist/overview/build-overview.js";
import { organizationOf } from "./web-ui/generated-assets.mjs";
import { serveOurs } from "./web-ui/measure-our-page.mjs";
import { medians } from "./web-ui/medians.mjs";
import { bytesOf, openPage } from "./web-ui/open-page.mjs";

const sizes = (process.env.SIZES ?? "1000,5000,10000").split(",").map(Number);
const runs = Number(process.env.RUNS ?? 5);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
console.log(
  `\n${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, Chromium ${browser.version()} without GPU, 1440 × 900, medians of ${runs}\n`,
);
console.log(
  "| assets | boxes | open → boxes | layout | graph, compressed | columns | script | pointing: script median / p95 | frame median / p95 | opening a folder |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const size of sizes) {
  const specs = organizationOf(size);
  const layoutMs = medianLayout(specs);
  const server = await serveOurs(specs);
  const found = [];
  // The first page also includes the browser's start-up time.
  for (let run = 0; run <= runs; run++) {
    const measured = await measure(server.url);
    if (run > 0) found.push(measured);
  }
  await server.close();
  const of = medians(found);
  const kB = (bytes) => `${Math.round(bytes / 1_000)} kB`;
  const ms = (value) => `${Math.round(value)} ms`;
  console.log(
    `| ${size.toLocaleString("en")} | ${of.boxes} | ${ms(of.openMs)} | ${ms(layoutMs)} | ${kB(of.graph)} | ${kB(of.columns)} | ${kB(of.script)} | ${ms(of.pointMs)} / ${ms(of.pointP95)} | ${ms(of.frameMs)} / ${ms(of.frameP95)} | ${ms(of.drillMs)} |`,
  );
}
await browser.close();

function medianLayout(specs) {
  const { graph } = buildPageGraph(new Definitions({ assets: specs }));
  const model = new GraphModel({ ...graph, version: "1" });
  const times = Array.from({ length: 9 }, () => {
    const started = performance.now();
    buildOverview(model, { parts: [], selected: null, width: 1_440, height: 760 });
    return performance.now() - started;
  });
  return medians(times);
}

async function measure(url) {
  const opened = await openPage(browser, url);
  const { page } = opened;
  try {
    await page.locator('.overview-stage:not([data-boxes=""])').waitFor();
    await page.waitForTimeout(1_500);
    const openMs = await page.evaluate(() => globalThis.__probe.overviewMs);
    const received = await opened.received();
    const boxes = await page.locator(".overview-box").count();
    const pointing = await page.evaluate(async () => {
      const script = [];
      const frames = [];
      for (const box of document.querySelectorAll(".overview-box")) {
        const started = performance.now();
        box.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
        await Promise.resolve();
        script.push(performance.now() - started);
        const before = await new Promise(requestAnimationFrame);
        const after = await new Promise(requestAnimationFrame);
        frames.push(after - before);
        box.dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
        await new Promise(requestAnimationFrame);
      }
      return { script, frames };
    });
    const drillMs = await page.evaluate(async () => {
      const box = document.querySelector(".overview-box.group");
      const started = performance.now();
      box?.click();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - started;
    });
    const isPath = (path) => (request) => new URL(request.url).pathname === path;
    return {
      boxes,
      openMs,
      graph: bytesOf(received, isPath("/api/graph")),
      columns: bytesOf(received, isPath("/api/columns")),
      script: bytesOf(received),
      pointMs: quantile(pointing.script, 0.5),
      pointP95: quantile(pointing.script, 0.95),
      frameMs: quantile(pointing.frames, 0.5),
      frameP95: quantile(pointing.frames, 0.95),
      drillMs,
    };
  } finally {
    await opened.close();
  }
}

function quantile(values, share) {
  return (
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}
