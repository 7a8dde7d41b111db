// `node --import` this: on SIGUSR2 the process says on stderr for how long at the most it did nothing else, and begins anew.
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
