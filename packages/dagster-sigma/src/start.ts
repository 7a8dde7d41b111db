import { runProgram } from "./program.ts";

/**
 * Runs the command line. Dagster waits for the commands of the Python module `dagster_typescript`, so that they start without loading
 * the others.
 */
export async function start(args: readonly string[]): Promise<void> {
  switch (args[0]) {
    case "run-steps": {
      const { runStepsCommand } = await import("./commands/run-steps.ts");
      return await runProgram(() => [runStepsCommand()], args);
    }
    case "run-sensor": {
      const { runSensorCommand } = await import("./commands/run-sensor.ts");
      return await runProgram((terminal) => [runSensorCommand(terminal)], args);
    }
    case "export": {
      const { exportCommand } = await import("./commands/export.ts");
      return await runProgram((terminal) => [exportCommand(terminal)], args);
    }
    default: {
      const { main } = await import("./main.ts");
      return await main(args);
    }
  }
}
