// A page in its own browser context with the probe installed, and simulated user input.
import { get } from "node:http";
import { installProbe } from "./page-probe.mjs";

const screen = { width: 1_440, height: 900 };

/** A picture that is unchanged for this time is finished, in ms. */
export const quietMs = 600;

/** Opens a URL with empty caches; counts the bytes received. */
export async function openPage(browser, url) {
  const context = await browser.newContext({ viewport: screen });
  const page = await context.newPage();
  const requests = [];
  const counting = [];
  page.on("requestfinished", (request) => {
    counting.push(
      wireBytes(request)
        .then((bytes) => requests.push({ type: request.resourceType(), url: request.url(), bytes }))
        .catch(() => undefined),
    );
  });
  await page.addInitScript(installProbe);
  await page.goto(url, { waitUntil: "commit", timeout: 60_000 });
  return {
    page,
    /** Everything received so far. */
    received: async () => {
      await Promise.all(counting);
      return [...requests];
    },
    longestTask: (sinceMs = 0) => page.evaluate((since) => globalThis.__probe.longestTask(since), sinceMs),
    close: () => context.close(),
  };
}

/**
 * Size of the body as transferred. A worker's script is measured by fetching it again, because the browser does not
 * report it.
 */
async function wireBytes(request) {
  const { responseBodySize } = await request.sizes();
  if (responseBodySize > 0 || request.resourceType() !== "script") return Math.max(0, responseBodySize);
  return new Promise((resolve, reject) => {
    get(request.url(), { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (part) => {
        bytes += part.length;
      });
      response.on("end", () => resolve(bytes));
    }).on("error", reject);
  });
}

/** Total bytes of matching requests. Default: scripts. */
export function bytesOf(requests, isCounted = ({ type }) => type === "script") {
  return requests.filter(isCounted).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Frames per second while the mouse drags back and forth, and while its wheel zooms in and out. */
export async function framesWhileMoving(page, at, { withControl = true, forMs = 3_000 } = {}) {
  const count = async (move) => {
    const counted = page.evaluate((ms) => globalThis.__probe.countFrames(ms), forMs);
    const endMs = performance.now() + forMs;
    for (let step = 0; performance.now() < endMs; step++) {
      await move(step);
      await new Promise((resolve) => setTimeout(resolve, 12));
    }
    return counted;
  };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  const pan = await count((step) => {
    const swing = Math.sin(step / 12);
    return page.mouse.move(at.x + swing * 180, at.y + Math.cos(step / 17) * 110);
  });
  await page.mouse.up();
  if (withControl) await page.keyboard.down("Control");
  await page.mouse.move(at.x, at.y);
  const zoom = await count((step) => page.mouse.wheel(0, step % 40 < 20 ? -3 : 3));
  if (withControl) await page.keyboard.up("Control");
  return { pan, zoom };
}

/**
 * Types text letter by letter; measures for each the time from the key press to the last change of the list.
 *
 * @returns milliseconds, in order
 */
export async function typeAndTime(page, words, list, pauseMs = 220) {
  await page.evaluate((selector) => {
    const probe = globalThis.__probe;
    probe.listChangedMs = 0;
    probe.listObserver?.disconnect();
    probe.listObserver = new MutationObserver((changes) => {
      const isOfList = changes.some(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element?.closest(selector) != null;
      });
      if (isOfList) probe.listChangedMs = performance.now();
    });
    probe.listObserver.observe(document.body, { childList: true, subtree: true, characterData: true });
  }, list);
  const times = [];
  for (const letter of words) {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(pauseMs);
    const ms = await page.evaluate(() => {
      const { listChangedMs, pressedMs } = globalThis.__probe;
      return listChangedMs > pressedMs ? listChangedMs - pressedMs : null;
    });
    if (ms !== null) times.push(ms);
  }
  return times;
}
