// Use with `node --import`: on SIGUSR2 the process reports its longest event loop delay on stderr, and resets the
// measurement.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  process.on("SIGUSR2", () => {
    const ms = Math.round(delay.max / 1e6);
    delay.reset();
    process.stderr.write(`longest pause ${ms} ms\n`);
  });
}
