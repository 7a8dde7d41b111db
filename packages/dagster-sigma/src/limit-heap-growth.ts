import { setFlagsFromString } from "node:v8";

/** Major versions of Node that have the flag. */
const versions: ReadonlySet<string> = new Set(["20", "22", "24"]);

/**
 * By this share of the data in use, in percent, the heap may grow until V8 collects garbage. By default V8 lets it grow by up to 300 %,
 * because a load waits for the network most of the time.
 */
const growth = 100;

/** Limits the memory of commands that load large organizations. Call it before the work begins. */
export function limitHeapGrowth(nodeVersion: string = process.versions.node): void {
  const [major = ""] = nodeVersion.split(".");
  if (versions.has(major)) setFlagsFromString(`--heap-growing-percent=${growth}`);
}
