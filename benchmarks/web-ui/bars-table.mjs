// The targets and results as a Markdown table, for the README of this folder.

const ms = (value) => (value === null || value === undefined ? "never" : `${Math.round(value)} ms`);
const seconds = (value) =>
  value === null || value === undefined ? "not within 60 s" : `${(value / 1_000).toFixed(2)} s`;
const bytes = (value) => (value >= 1e6 ? `${(value / 1e6).toFixed(2)} MB` : `${(value / 1e3).toFixed(1)} kB`);
const fps = (value) => (value === undefined || value === null ? "–" : value.toFixed(0));
const count = (value) => value.toLocaleString("en");
const each = (sizes, show) => sizes.map((size) => show(size)).join(" / ");

export function printBars({ sizes, shapes, random }) {
  const rows = [
    ["measure", "Dagster", "ours", "bar", "met"],
    openRow(sizes),
    openAllRow(sizes),
    blankRow(random),
    shapeRow(sizes),
    taskRow(sizes),
    ...framesRows(sizes),
    edgesRow(sizes),
    ...searchRows(sizes),
    focusRow(sizes),
    scriptRow(sizes),
    ...shapes.map(hardRow),
  ];
  console.log(`Sizes: ${sizes.map(({ size }) => count(size)).join(" / ")} assets`);
  rows.forEach((row, at) => {
    console.log(`| ${row.join(" | ")} |`);
    if (at === 0) console.log(`|${row.map(() => "---").join("|")}|`);
  });
}

const openBars = { 1000: 1_000, 5000: 1_500, 10000: 2_500 };
const allBars = { 1000: 500, 5000: 2_000, 10000: 4_000 };

function openRow(sizes) {
  const px = Math.min(...sizes.map(({ ours }) => Math.min(ours.smallestCanvasPx, ours.smallestPagePx.px)));
  const theirPx = sizes.flatMap(({ dagster }) =>
    dagster === null ? [] : [dagster.picture.smallestPx?.px ?? 0],
  );
  return [
    "open → useful picture; smallest label on the screen",
    `${each(sizes, ({ dagster }) => (dagster === null ? "–" : seconds(dagster.picture.settledMs)))}; ${theirPx.map((each) => each.toFixed(1)).join(" / ")} px`,
    `${each(sizes, ({ ours }) => seconds(ours.openMs))}; ${px.toFixed(1)} px`,
    "1 / 1.5 / 2.5 s; 10 px",
    met(
      px >= 10 &&
        sizes.every(({ size, ours }) => ours.ink > 1 && ours.openMs <= (openBars[size] ?? Infinity)),
    ),
  ];
}

function openAllRow(sizes) {
  return [
    "everything opened: all nodes laid out",
    each(sizes, ({ dagster }) => (dagster === null ? "–" : wholeOf(dagster.expanded))),
    each(sizes, ({ ours }) => ms(ours.openAll.ms)),
    "0.5 / 2 / 4 s, never refused",
    met(
      sizes.every(
        ({ size, ours: { openAll } }) =>
          openAll.ms <= (allBars[size] ?? Infinity) && openAll.ink > 1 && openAll.message.length === 0,
      ),
    ),
  ];
}

function wholeOf({ ms: took, isRefused, size }) {
  if (isRefused) return "refused";
  return took === null || took === undefined ? "not within 60 s" : `${seconds(took)} (${size} px)`;
}

function blankRow({ graphs, assets, problems, inBrowser, blank }) {
  return [
    `opening all never blanks: ${count(graphs)} random graphs (${count(assets)} assets) laid out, ${inBrowser} of them in the browser`,
    "–",
    `${problems.length} without a place, overlapping or missing edges; ${blank.length} blank`,
    "0",
    met(problems.length === 0 && blank.length === 0),
  ];
}

function shapeRow(sizes) {
  return [
    "shape of the picture, width : height, everything opened",
    each(sizes, ({ dagster }) => shapeOf(dagster?.expanded.size ?? null)),
    each(sizes, ({ shape }) => `${shape.shape.toFixed(2)} : 1`),
    "within 1 : 4",
    met(sizes.every(({ shape }) => shape.shape >= 0.25 && shape.shape <= 4)),
  ];
}

function shapeOf(size) {
  const [width, height] = (size ?? "").split("x").map(Number);
  return height > 0 ? `1 : ${(height / width).toFixed(0)}` : "–";
}

function taskRow(sizes) {
  const worst = ({ ours }) => Math.max(ours.loadTaskMs, ours.openAll.taskMs, ours.focus.taskMs);
  const short = (value) => (value === 0 ? "< 50" : String(Math.round(value)));
  return [
    "longest task on the main thread: while it loads; while all opens; while one is focused (ms)",
    `${each(sizes, ({ dagster }) => (dagster === null ? "–" : short(dagster.picture.loadTaskMs)))}; ${each(sizes, ({ dagster }) => (dagster === null ? "–" : short(dagster.expanded.taskMs)))}`,
    `${each(sizes, ({ ours }) => short(ours.loadTaskMs))}; ${each(sizes, ({ ours }) => short(ours.openAll.taskMs))}; ${each(sizes, ({ ours }) => short(ours.focus.taskMs))}`,
    "100, 200 at 10,000",
    met(sizes.every((found) => worst(found) <= (found.size >= 10_000 ? 200 : 100))),
  ];
}

function framesRows(sizes) {
  const both = ({ pan, zoom }) => `${fps(pan.fps)} / ${fps(zoom.fps)}`;
  const row = (name, pick, bar) => [
    `frames a second, pan / zoom, ${name}`,
    name.startsWith("whole")
      ? each(sizes, ({ dagster }) =>
          dagster === null ? "–" : `${both(dagster.picture.fps)} (${dagster.picture.cards} cards)`,
        )
      : "–",
    each(sizes, ({ ours }) => both(pick(ours.fps))),
    String(bar),
    met(
      sizes.every(({ ours }) => [pick(ours.fps).pan, pick(ours.fps).zoom].every((found) => found.fps >= bar)),
    ),
  ];
  return [row("whole graph, all opened", ({ whole }) => whole, 24), row("zoomed in", ({ near }) => near, 30)];
}

function edgesRow(sizes) {
  return [
    "edges drawn, of how many",
    each(sizes, ({ dagster, shape }) =>
      dagster === null ? "–" : `${dagster.picture.lines} of ${count(shape.edges)}`,
    ),
    each(
      sizes,
      ({ shape, ours }) =>
        `${count(shape.edges)} (${count(shape.bundles)} lines while closed; ${count(ours.openAll.lines)} on the screen when opened, those of the selected twice)`,
    ),
    "all, or bundles with their count (on what is lit up)",
    met(
      sizes.every(
        ({ shape, ours }) => shape.drawnWhole === shape.edges && ours.openAll.lines >= shape.bundles,
      ),
    ),
  ];
}

function searchRows(sizes) {
  const theirs = ({ dagster }) => dagster?.picture.search ?? null;
  return [
    [
      "search: key → results, median (most)",
      each(sizes, (found) =>
        theirs(found) === null ? "–" : `${ms(theirs(found).keyMs)} (${ms(theirs(found).keyMostMs)})`,
      ),
      each(sizes, ({ ours: { search } }) => `${ms(search.keyMs)} (${ms(search.keyMostMs)})`),
      "50 ms",
      met(sizes.every(({ ours: { search } }) => search.keyMostMs <= 50 && search.isFound)),
    ],
    [
      "search: Enter → node readable (at rest)",
      each(sizes, ({ dagster }) =>
        dagster === null ? "–" : dagster.picture.jump === null ? "not within 5 s" : ms(dagster.picture.jump),
      ),
      each(sizes, ({ ours: { search } }) => `${ms(search.readableMs)} (${ms(search.restMs)})`),
      "300 ms",
      met(sizes.every(({ ours: { search } }) => search.readableMs !== null && search.readableMs <= 300)),
    ],
  ];
}

function focusRow(sizes) {
  return [
    "lineage of one asset: neighbors drawn / all upstream and downstream assets; fetched for it",
    each(sizes, ({ dagster }) =>
      dagster === null ? "–" : `${seconds(dagster.lineage.ms)}, ${bytes(dagster.lineage.bytes)}`,
    ),
    each(sizes, ({ ours: { focus } }) => `${ms(focus.nearMs)} / ${ms(focus.allMs)}, ${bytes(focus.bytes)}`),
    "300 ms, nothing fetched again",
    met(
      sizes.every(
        ({ ours: { focus } }) => Math.max(focus.nearMs, focus.allMs) <= 300 && focus.graphBytes === 0,
      ),
    ),
  ];
}

function scriptRow(sizes) {
  return [
    "script on the wire",
    sizes[0].dagster === null ? "–" : bytes(sizes[0].dagster.picture.scriptBytes),
    bytes(Math.max(...sizes.map(({ ours }) => ours.scriptBytes))),
    "120 kB",
    met(sizes.every(({ ours }) => ours.scriptBytes <= 120_000)),
  ];
}

function hardRow({ name, shape, ours, dagster }) {
  return [
    `${name}: opened whole; longest task; pan / zoom; Enter → readable`,
    dagster === null ? "–" : dagster.isRefused ? "refused" : wholeOf(dagster),
    `${seconds(ours.openMs)}, ${count(ours.lines)} lines; ${Math.round(ours.taskMs)} ms; ${fps(ours.pan.fps)} / ${fps(ours.zoom.fps)} fps; ${ms(ours.search.readableMs)}; ${shape.shape.toFixed(1)} : 1`,
    "drawn, usable",
    met(
      ours.ink > 1 &&
        ours.message.length === 0 &&
        ours.search.readableMs !== null &&
        Math.min(ours.pan.fps, ours.zoom.fps) >= 24,
    ),
  ];
}

function met(isMet) {
  return isMet ? "yes" : "**no**";
}

export function printDagsterDetails({ sizes }) {
  for (const { size, dagster } of sizes) {
    if (dagster === null) continue;
    console.log(
      `Dagster, ${count(size)} assets: location loaded ${seconds(dagster.startMs)} after the start; ${dagster.picture.cards} cards and ${dagster.picture.lines} lines on the screen, ${dagster.expanded.cards} cards when expanded.`,
    );
  }
}
