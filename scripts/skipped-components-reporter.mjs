// A vitest reporter: after the run it says how many tests were skipped because something they need is not there. Such
// tests stand under a name that begins with `[needs …]`. In CI there are none: they fail instead.
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
