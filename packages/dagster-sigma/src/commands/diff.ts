import { Command, Option } from "commander";
import type { GlobalOptions } from "../options/global-options.ts";
import { loadStates } from "../state-changes/load-states.ts";
import {
  printStateChanges,
  type StateChangeFormat,
  stateChangeFormats,
} from "../state-changes/print-state-changes.ts";
import type { Terminal } from "../terminal/terminal.ts";

interface DiffOptions extends GlobalOptions {
  readonly workbookColumns?: boolean;
  readonly exitCode?: boolean;
  readonly output: StateChangeFormat;
}

/** `dagster-sigma diff OLD NEW`: prints the differences between two states of an organization. */
export function diffCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command("diff")
    .description("Print the differences between two snapshots or states, and what they break.")
    .argument("<old>", "a snapshot or state file")
    .argument("<new>", "a later one of the same organization")
    .option("--workbook-columns", "compare columns of workbooks too")
    .option("--exit-code", "exit with code 3 if there are differences")
    .addOption(
      new Option("-o, --output <format>", "format of the output").choices(stateChangeFormats).default("text"),
    )
    .action(async (old: string, now: string, _options: GlobalOptions, command: Command) => {
      const options = command.optsWithGlobals<DiffOptions>();
      const states = await loadStates({ from: old, to: now }, options.workbookColumns === true);
      const failOn = options.exitCode === true ? "difference" : undefined;
      exitWith(printStateChanges(terminal, states, { ...options, failOn }));
    });
}
