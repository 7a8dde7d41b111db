import { Command, InvalidArgumentError, Option } from "commander";
import type { GlobalOptions } from "../options/global-options.ts";

interface RunStepsOptions extends GlobalOptions {
  readonly file: string;
  readonly fd?: number;
}

/** `dagster-sigma run-steps`: materializes assets for a run of Dagster, which starts this command. */
export function runStepsCommand(): Command {
  return new Command("run-steps")
    .description("Materialize assets for a run. Dagster starts this command, also through Dagster Pipes.")
    .requiredOption("-f, --file <path>", "definitions file in TypeScript or JavaScript")
    .addOption(
      new Option("--fd <number>", "file descriptor of a socket, for several steps").argParser(descriptor),
    )
    .action(async (_options: RunStepsOptions, command: Command) => {
      const { file, fd } = command.optsWithGlobals<RunStepsOptions>();
      // Other commands do not load what runs user code.
      const { runSteps } = await import("../runs/run-steps.ts");
      await runSteps(file, fd);
    });
}

function descriptor(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 3) return number;
  throw new InvalidArgumentError("It must be an integer of at least 3.");
}
