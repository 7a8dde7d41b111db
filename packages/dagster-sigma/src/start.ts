import { limitHeapGrowth } from "./limit-heap-growth.ts";
import { reduceJitWarmup } from "./reduce-jit-warmup.ts";

/**
 * Runs the command line. Dagster waits for the first step of a run, so the command that takes steps starts without loading the others;
 * `main` accepts it, too.
 */
export async function start(args: readonly string[]): Promise<void> {
  const [command, fileOption, file = "", socketOption, fd] = args;
  if (args.length === 5 && command === "run-steps" && fileOption === "-f" && socketOption === "--fd") {
    reduceJitWarmup();
    limitHeapGrowth();
    const { runSteps } = await import("./runs/run-steps.ts");
    await runSteps(file, Number(fd));
  } else {
    const { main } = await import("./main.ts");
    await main(args);
  }
}
