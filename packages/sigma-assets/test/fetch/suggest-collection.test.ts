import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const built = fileURLToPath(new URL("../../dist/fetch/suggest-collection.js", import.meta.url));

/** Allocates far less than makes V8 collect on its own, and prints the number of complete collections. */
const program = `
  import { PerformanceObserver } from "node:perf_hooks";
  const observer = new PerformanceObserver(() => undefined);
  observer.observe({ entryTypes: ["gc"] });
  const { suggestCollection } = await import(process.argv[1]);
  const kept = Array.from({ length: 300_000 }, (_, id) => ({ id }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.takeRecords();
  const rssBefore = process.memoryUsage.rss();
  suggestCollection();
  const rss = process.memoryUsage.rss() - rssBefore;
  const isComplete = ({ detail }) => detail.kind === 4;
  let complete = 0;
  for (let at = performance.now(); complete === 0 && performance.now() - at < 300; ) {
    JSON.stringify(kept.slice(0, 2_000));
    await new Promise((resolve) => setImmediate(resolve));
    complete += observer.takeRecords().filter(isComplete).length;
  }
  console.log(JSON.stringify({ complete, rss, kept: kept.length }));
`;

it("makes V8 collect garbage, and takes no memory", () => {
  const args = ["--input-type=module", "--eval", program, built];
  const { complete, rss } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(complete).toBeGreaterThan(0);
  expect(rss).toBeLessThan(16 * 2 ** 20);
});
