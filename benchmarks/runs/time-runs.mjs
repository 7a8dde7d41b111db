import { endOfRun, launchAssets, runEvents } from "../../conformance/dist/index.js";

/**
 * Launches runs one after the other, as Dagster's page does. Seconds from the launch, and from the event RUN_STARTING.
 *
 * @param {import("../../conformance/dist/index.js").RunningDagster} dagster
 * @param {{ location: string, assets: string[], runs: number }} options
 */
export async function timeRuns(dagster, { location, assets, runs }) {
  const results = [];
  for (let run = 0; run < runs; run++) {
    const launchedMs = Date.now();
    const runId = await launchAssets(dagster, { location, assets: assets.map((name) => [name]) });
    if ((await endOfRun(dagster, runId, 300_000)) !== "SUCCESS") throw new Error(dagster.log());
    const events = await runEvents(dagster, runId);
    const at = (type) => events.find((event) => event.type === type).timestampMs;
    const seconds = (type, since) => (at(type) - since) / 1_000;
    const startingMs = at("RunStartingEvent");
    results.push({
      fromLaunch: {
        "first step": seconds("ExecutionStepStartEvent", launchedMs),
        SUCCESS: seconds("RunSuccessEvent", launchedMs),
      },
      fromStarting: {
        "first step": seconds("ExecutionStepStartEvent", startingMs),
        SUCCESS: seconds("RunSuccessEvent", startingMs),
      },
    });
  }
  return results;
}

/** Median and range of each figure. */
export function medians(results) {
  return Object.fromEntries(
    Object.keys(results[0]).map((field) => {
      const sorted = sortedValues(results, field);
      const digits = sorted[0] < 50 ? 2 : 0;
      const [low, middle, high] = [sorted[0], middleOf(sorted), sorted.at(-1)].map((value) =>
        value.toFixed(digits),
      );
      return [field, `${middle} (${low}–${high})`];
    }),
  );
}

/** Quotient of the medians of each figure. */
export function ratios(ours, theirs) {
  return Object.fromEntries(
    Object.keys(ours[0]).map((field) => [
      field,
      (middleOf(sortedValues(ours, field)) / middleOf(sortedValues(theirs, field))).toFixed(2),
    ]),
  );
}

function sortedValues(results, field) {
  return results.map((result) => result[field]).sort((a, b) => a - b);
}

function middleOf(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}
