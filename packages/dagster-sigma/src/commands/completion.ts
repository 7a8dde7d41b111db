import { Argument, Command } from "commander";
import { formatCompletion, shells } from "../help/completion-script.ts";
import type { Terminal } from "../terminal/terminal.ts";

/**
 * `dagster-sigma completion SHELL`: prints a script that completes commands, options and their choices.
 *
 * @param commandsOf the commands to complete
 */
export function completionCommand(terminal: Terminal, commandsOf: () => readonly Command[]): Command {
  return new Command("completion")
    .description("Print a script with which the shell completes commands and options.")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .action((shell: (typeof shells)[number]) => {
      terminal.out(formatCompletion(shell, commandsOf()));
    });
}
