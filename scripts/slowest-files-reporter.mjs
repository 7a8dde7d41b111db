import { relative } from "node:path";

const most = 10;

/** A vitest reporter that prints the slowest files after a run of many files. */
export default class SlowestFilesReporter {
  onTestRunEnd(modules) {
    if (modules.length <= most) return;
    const slowest = modules
      .map((module) => ({ file: relative(process.cwd(), module.moduleId), ms: durationMs(module) }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, most);
    console.error(`The ${most} slowest test files:`);
    for (const { file, ms } of slowest) console.error(`${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
  }
}

/** Total time of a file, including its imports. */
function durationMs(module) {
  const { collectDuration, setupDuration, duration } = module.diagnostic();
  return collectDuration + setupDuration + duration;
}
