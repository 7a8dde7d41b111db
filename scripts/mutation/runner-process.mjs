// The process of a `TestRunner`. It starts Vitest once, so that the compiled files stay in memory from one mutant to the next, and
// runs the test files that its parent names. Each run gets a new process, which has the mutant in its environment.
import { join } from "node:path";
import { createVitest } from "vitest/node";

const { root, isolate } = JSON.parse(process.argv[2] ?? "{}");

/** Vitest would begin with the longest files. */
class GivenOrder {
  sort = (specifications) => specifications;
  shard = (specifications) => specifications;
}

const vitest = await createVitest("test", {
  root,
  config: join(root, "scripts", "mutation", "vitest.config.ts"),
  watch: false,
  isolate,
  reporters: [{ onTestCaseResult, onTestModuleEnd }],
  sequence: { sequencer: GivenOrder },
});
const specifications = new Map(
  (await vitest.globTestSpecifications()).map((specification) => [specification.moduleId, specification]),
);

process.on("message", async ({ files, mutant }) => process.send?.(await run(files, mutant)));
process.on("disconnect", () => process.exit());
process.send?.([...specifications.keys()]);

let onFailure = () => {};

function onTestCaseResult(test) {
  if (test.result().state === "failed") onFailure(test.module.moduleId);
}

/** A file that cannot be imported fails without a failed test. */
function onTestModuleEnd(module) {
  process.send?.("file ended");
  if (module.state() === "failed") onFailure(module.moduleId);
}

/** With a mutant, a run ends at the first failure. Vitest's own `bail` would still import the other files. */
async function run(files, mutant) {
  await vitest.runningPromise;
  if (mutant === undefined) delete process.env.__STRYKER_ACTIVE_MUTANT__;
  else process.env.__STRYKER_ACTIVE_MUTANT__ = mutant;
  process.exitCode = 0;
  const selected = files.map((file) => specifications.get(file));
  const failure = new Promise((resolve) => {
    onFailure = (file) => mutant !== undefined && resolve({ outcome: "failed", failed: [file], ms: [] });
  });
  const end = vitest.runTestSpecifications(selected).then(() => ({
    outcome: process.exitCode === 0 ? "passed" : "failed",
    failed: files.filter((_, index) => selected[index].testModule?.ok() !== true),
    ms: selected.map(({ testModule }) => (testModule === undefined ? 0 : msOf(testModule.diagnostic()))),
  }));
  const result = await Promise.race([failure, end]);
  onFailure = () => {};
  if (result.ms.length === 0) cancel();
  return result;
}

/** The second request does not wait for the running test. */
function cancel() {
  for (let request = 0; request < 2; request++) vitest.cancelCurrentRun("test-failure").catch(() => {});
}

function msOf({ environmentSetupDuration, prepareDuration, setupDuration, collectDuration, duration }) {
  return environmentSetupDuration + prepareDuration + setupDuration + collectDuration + duration;
}
