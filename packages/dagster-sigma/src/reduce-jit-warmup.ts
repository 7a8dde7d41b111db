import { setFlagsFromString } from "node:v8";

/**
 * Amount of code that a function runs before V8 optimizes it, in bytes of bytecode: six times the default of Node 20.
 * By default V8 spends more than a second of CPU on its own threads, on code that a command of a few seconds hardly
 * uses again; a load of ten thousand workbooks is not slower. Newer versions decide better, and do not have the flag.
 */
const optimizeAfter = 400_000;

/** Configures V8 for commands that run for seconds. Call it before the work begins. */
export function reduceJitWarmup(nodeVersion: string = process.versions.node): void {
  if (nodeVersion.startsWith("20.")) setFlagsFromString(`--interrupt-budget=${optimizeAfter}`);
}
