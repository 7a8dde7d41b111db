// Measures the web UI of a real Dagster with the same graph: the picture of all assets, and the lineage of one.
import { bytesOf, framesWhileMoving, openPage, quietMs, typeAndTime } from "./open-page.mjs";

const canvasMiddle = { x: 960, y: 470 };
/** Time limit of a measurement, in ms. */
const capMs = 60_000;

/** Runs all measurements: one page for the whole graph, another for the lineage of one asset. */
export async function measureDagster(browser, url, specs) {
  const target = specs[Math.floor(specs.length * 0.93)];
  const opened = await openPage(browser, `${url}/asset-groups`);
  const { page } = opened;
  const picture = {};
  try {
    Object.assign(picture, await pictureSettled(page));
    picture.smallestPx = await page.evaluate(() =>
      globalThis.__probe.smallestWords('svg[class*="AssetGraphExplorer_svgContainer"]'),
    );
    picture.loadTaskMs = await opened.longestTask();
    picture.scriptBytes = bytesOf(await opened.received());
    picture.fps = await framesWhileMoving(page, canvasMiddle);
    picture.search = await globalSearch(page, target.key.path.at(-1));
    picture.jump = await jumpTo(page, target.key.path.at(-1));
  } finally {
    await opened.close();
  }
  return {
    picture,
    expanded: await measureWhole(browser, url),
    lineage: await measureLineage(browser, url, target),
  };
}

/** The picture with all groups open, which Alt+E opens. */
export async function measureWhole(browser, url) {
  const opened = await openPage(browser, `${url}/asset-groups`);
  const { page } = opened;
  try {
    const before = await pictureSettled(page);
    if (before.settledMs === null || before.isRefused)
      return { ...before, taskMs: await opened.longestTask() };
    await page.mouse.click(canvasMiddle.x, 120);
    await page.keyboard.press("Alt+e");
    const after = await pictureSettled(page, before.size);
    const pressedMs = await page.evaluate(() => globalThis.__probe.pressedMs);
    return {
      ...after,
      ms: after.settledMs === null ? null : after.settledMs - pressedMs,
      taskMs: await opened.longestTask(pressedMs),
    };
  } finally {
    await opened.close();
  }
}

async function measureLineage(browser, url, spec) {
  const opened = await openPage(browser, `${url}/assets/${spec.key.path.join("/")}?view=lineage`);
  try {
    const { settledMs, cards } = await pictureSettled(opened.page);
    const requests = await opened.received();
    return {
      ms: settledMs,
      cards,
      bytes: bytesOf(requests, ({ url: address }) => address.includes("/graphql")),
    };
  } finally {
    await opened.close();
  }
}

/**
 * Waits until the picture is finished: it has its size, no spinner and no loading text, and its cards and lines stay
 * the same for a while.
 *
 * @param sizeBefore the picture must differ from this size
 */
async function pictureSettled(page, sizeBefore = null) {
  return page.evaluate(
    async ({ before, quiet, cap }) => {
      const graph = () => document.querySelector('svg[class*="svgContainer" i]');
      const refusal = () => /graph may be too large/i.test(document.body?.textContent ?? "");
      const cardsOf = (svg) => svg.querySelectorAll("foreignObject").length;
      // Icons in cards are paths too.
      const linesOf = (svg) =>
        [...svg.querySelectorAll("path")].filter((path) => path.closest("foreignObject, defs") === null)
          .length;
      const sizeOf = (svg) => `${svg.getAttribute("width")}x${svg.getAttribute("height")}`;
      const settledMs = await globalThis.__probe.settled(
        () => {
          const svg = graph();
          if (svg === null) return refusal() ? "refused" : null;
          const isBusy =
            [...document.querySelectorAll(".spinnerGlobal")].some(
              (spinner) => spinner.closest("foreignObject") === null,
            ) ||
            document.querySelector('[class*="IndeterminateLoadingBar_loading__"]') !== null ||
            /Loading assets…|Rendering a large number/.test(document.body.textContent);
          if (isBusy || !(Number(svg.getAttribute("width")) > 0) || sizeOf(svg) === before) return null;
          return `${sizeOf(svg)} ${cardsOf(svg)} ${linesOf(svg)}`;
        },
        { quietMs: quiet, capMs: cap },
      );
      const svg = graph();
      return {
        settledMs,
        isRefused: svg === null && refusal(),
        size: svg === null ? null : sizeOf(svg),
        cards: svg === null ? 0 : cardsOf(svg),
        lines: svg === null ? 0 : linesOf(svg),
      };
    },
    { before: sizeBefore, quiet: quietMs, cap: capMs },
  );
}

/** The global search, which a slash opens. */
async function globalSearch(page, name) {
  await page.keyboard.press("/");
  const input = page.getByPlaceholder(/Search assets, jobs/);
  try {
    await input.waitFor({ timeout: 5_000 });
  } catch {
    return null;
  }
  const times = await typeAndTime(
    page,
    name.slice(0, 10),
    '[class*="SearchResults_"], [class*="SearchDialog_container"]',
    700,
  );
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  const sorted = times.sort((a, b) => a - b);
  return { keyMs: sorted[Math.floor(sorted.length / 2)], keyMostMs: sorted.at(-1) };
}

/** The box above the list of groups: whether Enter shows the asset on the screen at a readable size. */
async function jumpTo(page, name) {
  const forMs = 5_000;
  const input = page.getByPlaceholder("Jump to…").first();
  try {
    await input.waitFor({ timeout: 3_000 });
    await input.click();
    await page.keyboard.type(name, { delay: 20 });
    await page.waitForTimeout(500);
    await page.keyboard.press("Enter");
    return await page.evaluate(
      async ({ wanted, cap }) => {
        const probe = globalThis.__probe;
        const { pressedMs } = probe;
        while (performance.now() - pressedMs < cap) {
          for (const card of document.querySelectorAll(
            'svg[class*="AssetGraphExplorer_svgContainer"] foreignObject',
          )) {
            if (!card.textContent.includes(wanted)) continue;
            const words = [...card.querySelectorAll("*")].find(
              ({ children, textContent }) => children.length === 0 && textContent.includes(wanted),
            );
            const { top, left, height } = (words ?? card).getBoundingClientRect();
            if (height >= 9 && top > 0 && left > 0 && top < innerHeight && left < innerWidth)
              return performance.now() - pressedMs;
          }
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return null;
      },
      { wanted: name, cap: forMs },
    );
  } catch {
    return null;
  }
}
