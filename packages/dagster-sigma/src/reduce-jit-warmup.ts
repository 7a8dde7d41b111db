import { setFlagsFromString } from "node:v8";

/**
 * How much code a function runs before V8 optimizes it, in bytes of bytecode: six times what Node 20 takes. On threads of
 * its own V8 spends more than a second of CPU on code that a command of a few seconds is soon done with; a load of ten
 * thousand workbooks takes as long as before. Newer versions decide better, and do not know the flag.
 */
const optimizeAfter = 400_000;

/** Sets the engine up for commands that last seconds. Of use before the work begins. */
export function reduceJitWarmup(nodeVersion: string = process.versions.node): void {
  if (nodeVersion.startsWith("20.")) setFlagsFromString(`--interrupt-budget=${optimizeAfter}`);
}
