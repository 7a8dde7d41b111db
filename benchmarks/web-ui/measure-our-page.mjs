// Measures this project's page with a graph, step by step like a user.
import { createStaticDefinitionsSource } from "../../packages/definitions-host/dist/index.js";
import { pageOutlet, startPageServer } from "../../packages/web-ui/dist/index.js";
import { definitionsOf, nameOf } from "./generated-assets.mjs";
import { bytesOf, framesWhileMoving, openPage, quietMs, typeAndTime } from "./open-page.mjs";

const canvasMiddle = { x: 760, y: 470 };

export async function serveOurs(specs) {
  const source = createStaticDefinitionsSource(definitionsOf(specs), pageOutlet());
  return startPageServer({ source });
}

/** Runs all measurements on one page. */
export async function measureOurs(browser, url, specs) {
  const opened = await openPage(browser, `${url}?picture=cards`);
  const { page } = opened;
  try {
    const first = await pictureSettled(page, { assets: specs.length });
    const labels = await labelsOf(page);
    const ink = await inkOf(page);
    await page.waitForTimeout(1_500);
    const loadTaskMs = await opened.longestTask();
    const target = specs[Math.floor(specs.length * 0.93)];
    const search = await findAndShow(page, target);
    const focus = await focusOnSelected(opened);
    const openAll = await openEverything(opened, specs.length);
    const whole = await framesWhileMoving(page, canvasMiddle);
    await findAndShow(page, target, 30);
    const isNear = await framesWhileMoving(page, canvasMiddle);
    const received = await opened.received();
    return {
      openMs: first.changedMs,
      ...labels,
      ink,
      loadTaskMs,
      search,
      focus,
      openAll,
      fps: { whole, near: isNear },
      scriptBytes: bytesOf(received),
      dataBytes: bytesOf(received, ({ url }) => url.includes("/api/")),
    };
  } finally {
    await opened.close();
  }
}

/** A graph with all its groups open: whether it is drawn, and whether it is usable. */
export async function measureWhole(browser, url, specs, { isUsed = true } = {}) {
  const opened = await openPage(browser, `${url}?open=all&picture=cards`);
  const { page } = opened;
  try {
    const { changedMs, lines } = await pictureSettled(page, { assets: specs.length });
    const message = await page.locator(".graph-message").allInnerTexts();
    const ink = await inkOf(page);
    const taskMs = await opened.longestTask();
    if (!isUsed) return { openMs: changedMs, lines, message, ink, taskMs };
    const { pan, zoom } = await framesWhileMoving(page, canvasMiddle, { forMs: 1_500 });
    const search = await findAndShow(page, specs.at(-1), 100);
    return { openMs: changedMs, lines, message, ink, taskMs, pan, zoom, search };
  } finally {
    await opened.close();
  }
}

/** The last frame, once it has contained these assets for a while. */
async function pictureSettled(page, { assets = null, type = null, sinceMs = 0, capMs = 60_000 } = {}) {
  const frame = await page.evaluate(
    async ({ wanted, kind, since, quiet, cap }) => {
      const probe = globalThis.__probe;
      const settled = await probe.settled(
        () => {
          const canvas = document.querySelector("canvas.graph-canvas");
          const { assets: shown, picture } = canvas?.dataset ?? {};
          if (probe.frame === null || (wanted !== null && shown !== String(wanted))) return null;
          if (picture === "none" || (kind !== null && picture !== kind)) return null;
          return `${picture} ${shown} ${probe.frame.signature}`;
        },
        { quietMs: quiet, capMs: cap, sinceMs: since },
      );
      if (settled === null) return null;
      const { texts, ...rest } = probe.frame;
      return { ...rest, assets: Number(document.querySelector("canvas.graph-canvas").dataset.assets) };
    },
    { wanted: assets, kind: type, since: sinceMs, quiet: quietMs, cap: capMs },
  );
  if (frame === null) throw new Error(`The picture was not finished within ${capMs} ms.`);
  return frame;
}

/** The smallest text on the screen, on the canvas and elsewhere. */
async function labelsOf(page) {
  return page.evaluate(() => {
    const probe = globalThis.__probe;
    const canvas = document.querySelector("canvas.graph-canvas");
    const seen = probe.frame.texts.filter(
      ({ x, y }) => x > -200 && y > -20 && x < canvas.clientWidth && y < canvas.clientHeight + 20,
    );
    return {
      canvasLabels: seen.length,
      smallestCanvasPx: Math.min(...seen.map(({ px }) => px)),
      smallestPagePx: probe.smallestWords("body"),
    };
  });
}

/** The share of the canvas that differs from the background, in percent. */
async function inkOf(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector("canvas.graph-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    const counts = new Map();
    for (let at = 0; at < pixels.length; at += 7) counts.set(pixels[at], (counts.get(pixels[at]) ?? 0) + 1);
    const ground = Math.max(...counts.values());
    return 100 * (1 - ground / Math.ceil(pixels.length / 7));
  });
}

/** Searches an asset by its name in lower case, and opens it. */
async function findAndShow(page, spec, pauseMs = 220) {
  const name = nameOf(spec);
  await page.keyboard.press("Control+k");
  await page.locator(".search-box input").waitFor();
  await page.waitForTimeout(150);
  const query = name.toLowerCase();
  const keyMs = await typeAndTime(page, query, "#search-list", pauseMs);
  const upper = await page.locator(".search-entry .name").first().textContent();
  const before = await page.evaluate((wanted) => {
    const probe = globalThis.__probe;
    probe.readableMs = null;
    const framesBefore = probe.framesShown;
    probe.onFrame = ({ texts, shownMs }) => {
      const canvas = document.querySelector("canvas.graph-canvas");
      const isSeen = ({ text, px, x, y }) =>
        text === wanted && px >= 10 && x > 0 && y > 0 && x < canvas.clientWidth && y < canvas.clientHeight;
      if (probe.readableMs === null && probe.pressedMs > probe.armedMs && texts.some(isSeen))
        probe.readableMs = shownMs;
    };
    probe.armedMs = performance.now();
    return framesBefore;
  }, name);
  await page.keyboard.press("Enter");
  await page.waitForFunction((count) => globalThis.__probe.framesShown > count, before);
  const { changedMs } = await pictureSettled(page, {});
  const { pressedMs, readableMs } = await page.evaluate(() => {
    globalThis.__probe.onFrame = null;
    const { pressedMs, readableMs } = globalThis.__probe;
    return { pressedMs, readableMs };
  });
  return {
    keyMs: median(keyMs),
    keyMostMs: Math.max(...keyMs),
    isFound: upper === name,
    readableMs: readableMs === null ? null : readableMs - pressedMs,
    restMs: changedMs - pressedMs,
  };
}

/**
 * The neighbors of the selected asset, then all its upstream and downstream assets; and what was fetched for that.
 */
async function focusOnSelected({ page, received, longestTask }) {
  const fetched = (await received()).length;
  const startedMs = await page.evaluate(() => performance.now());
  await page.getByRole("button", { name: "Only its neighbors" }).click();
  const near = await pictureSettled(page, { type: "focus", sinceMs: startedMs });
  const nearMs = near.changedMs - (await pressedMs(page));
  const taskMs = await longestTask(startedMs);
  const bars = page.locator(".focus-bar select");
  await bars.first().selectOption("all");
  const fromMs = await page.evaluate(() => performance.now());
  await bars.last().selectOption("all");
  await page.waitForTimeout(50);
  const all = await pictureSettled(page, { type: "focus" });
  const requests = (await received()).slice(fetched);
  return {
    nearMs,
    allMs: Math.max(0, all.changedMs - fromMs),
    assets: near.assets,
    allAssets: all.assets,
    taskMs,
    requests: requests.length,
    bytes: bytesOf(requests, () => true),
    graphBytes: bytesOf(requests, ({ url }) => /api\/(graph|columns)/.test(url)),
  };
}

async function openEverything({ page, longestTask }, assets) {
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByRole("button", { name: "Fit", exact: true }).click();
  await pictureSettled(page, { assets, type: "map" });
  const openAll = page.getByRole("button", { name: "Open all" });
  // The search has already opened a group; if it was the only one, none is left to open.
  const startedMs = await page.evaluate(() => performance.now());
  await openAll.click();
  await page.getByRole("button", { name: "Close all" }).waitFor();
  const frame = await pictureSettled(page, { assets, type: "map" });
  return {
    ms: frame.changedMs - (await pressedMs(page)),
    taskMs: await longestTask(startedMs),
    lines: frame.lines,
    fills: frame.fills,
    ink: await inkOf(page),
    message: await page.locator(".graph-message").allInnerTexts(),
  };
}

function pressedMs(page) {
  return page.evaluate(() => globalThis.__probe.pressedMs);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
