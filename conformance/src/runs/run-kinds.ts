/** Executable assets without Sigma: one of each kind of end, and `count` that have nothing to do. */
export function runKinds(count = 0): string {
  return `import { AssetCheckEvaluation, AssetCheckSpec, AssetSpec, Definitions, MaterializeResult } from "dagster-sigma";
const own = (key, materialize, more = {}) =>
  new AssetSpec({ key, ...more.spec, execution: { description: "test", materialize, ...more.execution } });
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const untilAborted = (signal) => new Promise((_resolve, reject) => {
  const timer = setInterval(() => undefined, 1_000);
  signal.addEventListener("abort", () => { clearInterval(timer); reject(signal.reason); });
});
export default new Definitions({
  assets: [
    own("quick", async ({ log }) => { log.info("hello"); return new MaterializeResult({ metadata: { rows: 31 }, dataVersion: "v1" }); }),
    own("after_quick", async () => new MaterializeResult(), { spec: { deps: ["quick"] } }),
    own("waits", async ({ signal }) => untilAborted(signal)),
    own("silent", async () => { await pause(40_000); return new MaterializeResult(); }),
    own("talks", async ({ log }) => {
      for (let line = 0; line < 80; line++) { log.info("line"); await pause(500); }
      return new MaterializeResult();
    }),
    own("throws", async () => { throw new TypeError("boom"); }),
    own("checked", async ({ assetKey }) => new MaterializeResult({
      checkResults: [new AssetCheckEvaluation({ assetKey, checkName: "not_empty", passed: false })],
    }), { execution: { checks: ["not_empty"] } }),
    own("after_checked", async () => new MaterializeResult(), { spec: { deps: ["checked"] } }),
    ...Array.from({ length: ${count} }, (_, index) => own(\`asset_\${index}\`, async () => new MaterializeResult({ metadata: { rows: 1 } }))),
  ],
  assetChecks: [new AssetCheckSpec({ name: "not_empty", asset: "checked", blocking: true })],
});
`;
}
