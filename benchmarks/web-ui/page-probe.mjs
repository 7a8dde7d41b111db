// Runs in a page before its own scripts: records long tasks, key presses, and drawing on the graph's canvas.

/** The function that is injected into the page; it must not refer to anything outside of itself. */
export function installProbe() {
  const longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  /** The frame that is being drawn, and the last one shown. */
  let drawn = null;
  const probe = {
    longTasks,
    isRecording: true,
    /** Called with each frame of the graph's canvas, after it was shown. */
    frame: null,
    framesShown: 0,
    /** Time of the first frame with the boxes of the overview. */
    overviewMs: null,
    /** Time of the last key or button press. */
    pressedMs: 0,
    onFrame: null,
    longestTask: (sinceMs = 0) =>
      Math.max(
        0,
        ...longTasks
          .filter(({ startTime, duration }) => startTime + duration > sinceMs)
          .map(({ duration }) => duration),
      ),
  };
  globalThis.__probe = probe;
  for (const type of ["keydown", "pointerdown"])
    addEventListener(
      type,
      ({ timeStamp }) => {
        probe.pressedMs = timeStamp;
      },
      { capture: true },
    );

  const lookForBoxes = () => {
    if (document.querySelector(".overview-box") === null) requestAnimationFrame(lookForBoxes);
    else probe.overviewMs = performance.now();
  };
  requestAnimationFrame(lookForBoxes);

  const prototype = CanvasRenderingContext2D.prototype;
  const noted = (context) => probe.isRecording && context.canvas.classList.contains("graph-canvas");
  const begin = () => ({ texts: [], fills: 0, strokes: 0, lines: 0, mixed: 7 });
  const mix = (...numbers) => {
    for (const number of numbers) drawn.mixed = (Math.imul(drawn.mixed, 31) + Math.round(number * 16)) | 0;
  };
  const open = () => {
    if (drawn !== null) return;
    drawn = begin();
    requestAnimationFrame(() => {
      const frame = { ...drawn, shownMs: performance.now() };
      frame.signature = `${frame.mixed} ${frame.texts.length} ${frame.fills} ${frame.lines}`;
      drawn = null;
      frame.changedMs =
        probe.frame !== null && probe.frame.signature === frame.signature
          ? probe.frame.changedMs
          : frame.shownMs;
      probe.frame = frame;
      probe.framesShown++;
      probe.onFrame?.(frame);
    });
  };
  const wrap = (name, note) => {
    const original = prototype[name];
    prototype[name] = function (...args) {
      if (noted(this)) note(this, args);
      return original.apply(this, args);
    };
  };
  wrap("fillRect", (context, [x, y, width, height]) => {
    open();
    // A frame begins with the background, which covers everything drawn before.
    if (x === 0 && y === 0 && width === context.canvas.clientWidth && height === context.canvas.clientHeight)
      drawn = Object.assign(drawn, begin());
    else drawn.fills++;
    mix(x, y, width, height);
  });
  wrap("roundRect", (_context, [x, y, width, height]) => {
    open();
    drawn.fills++;
    mix(x, y, width, height);
  });
  wrap("setTransform", (_context, args) => {
    open();
    mix(...args.filter((arg) => typeof arg === "number").map((arg) => arg * 64));
  });
  // Each line begins with `moveTo`; nothing else in the picture does.
  wrap("moveTo", (_context, args) => {
    open();
    drawn.lines++;
    mix(...args);
  });
  wrap("fillText", (context, [text, x, y]) => {
    if (text === "") return;
    open();
    const { a, d, e, f } = context.getTransform();
    const scale = Math.sqrt(Math.abs(a * d)) / devicePixelRatio;
    const at = { x: (a * x + e) / devicePixelRatio, y: (d * y + f) / devicePixelRatio };
    drawn.texts.push({ text, px: Number.parseFloat(/([\d.]+)px/.exec(context.font)[1]) * scale, ...at });
    mix(x, y, text.length);
  });

  /**
   * Resolves with the time since which the text of `stateOf()` has been unchanged for `quietMs`; null after `capMs`.
   */
  probe.settled = (stateOf, { quietMs, capMs, sinceMs = 0 }) =>
    new Promise((resolve) => {
      const startedMs = performance.now();
      let state = null;
      let changedMs = 0;
      const look = () => {
        const nowMs = performance.now();
        const next = stateOf();
        if (next === null || next !== state) {
          state = next;
          changedMs = nowMs;
        } else if (nowMs - changedMs >= quietMs) {
          resolve(Math.max(changedMs, sinceMs));
          return;
        }
        if (nowMs - startedMs > capMs) resolve(null);
        else requestAnimationFrame(look);
      };
      look();
    });

  /** Frames per second while something else moves the mouse. */
  probe.countFrames = (forMs) =>
    new Promise((resolve) => {
      const startedMs = performance.now();
      let frames = 0;
      let worstMs = 0;
      let beforeMs = startedMs;
      const tick = () => {
        const nowMs = performance.now();
        frames++;
        worstMs = Math.max(worstMs, nowMs - beforeMs);
        beforeMs = nowMs;
        if (nowMs - startedMs < forMs) requestAnimationFrame(tick);
        else resolve({ fps: (frames / (nowMs - startedMs)) * 1_000, worstMs });
      };
      requestAnimationFrame(tick);
    });

  /** The smallest visible text in the document, in screen pixels after scaling. */
  probe.smallestWords = (within) => {
    const root = document.querySelector(within);
    if (root === null) return null;
    let smallest = null;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (
        node.data.trim() === "" ||
        element === null ||
        ["STYLE", "SCRIPT", "TITLE"].includes(element.tagName)
      )
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height, top, left } = range.getBoundingClientRect();
      const isSeen =
        width > 0 && top < innerHeight && top + height > 0 && left < innerWidth && left + width > 0;
      if (!isSeen || getComputedStyle(element).visibility === "hidden") continue;
      const block = element.closest("foreignObject > *") ?? element;
      const scale = block.offsetWidth > 0 ? block.getBoundingClientRect().width / block.offsetWidth : 1;
      const px = Number.parseFloat(getComputedStyle(element).fontSize) * scale;
      if (smallest === null || px < smallest.px) smallest = { px, text: node.data.trim().slice(0, 40) };
    }
    return smallest;
  };
}
