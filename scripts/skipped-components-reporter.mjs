// A vitest reporter that prints after the run how many tests were skipped because of a missing component. The name of
// such a test or suite begins with `[needs …]`. In CI none are skipped: they fail instead.
export default class SkippedComponentsReporter {
  onTestRunEnd(modules) {
    const counts = new Map();
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const [, component] = /\[needs ([^\]]+)\]/.exec(test.fullName) ?? [];
        if (component !== undefined) counts.set(component, (counts.get(component) ?? 0) + 1);
      }
    }
    for (const [component, count] of counts)
      console.error(`${count} tests were skipped: they need ${component}.`);
  }
}
