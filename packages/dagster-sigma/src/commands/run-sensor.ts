import { Command } from "commander";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface RunSensorOptions extends GlobalOptions {
  readonly file: string;
}

/** `dagster-sigma run-sensor`: evaluates a sensor for a Python code location, which starts this command. */
export function runSensorCommand(terminal: Terminal): Command {
  return new Command("run-sensor")
    .description("Evaluate a sensor for a Python code location, which starts this command.")
    .requiredOption("-f, --file <path>", "definitions file in TypeScript or JavaScript")
    .action(async (_options: RunSensorOptions, command: Command) => {
      const { file } = command.optsWithGlobals<RunSensorOptions>();
      // Other commands do not load what runs user code.
      const { evaluateSensorOf } = await import("../runs/evaluate-sensor-of.ts");
      terminal.out(`${await evaluateSensorOf(file, process.stdin)}\n`);
    });
}
