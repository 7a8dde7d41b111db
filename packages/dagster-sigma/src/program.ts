import { Command, CommanderError, Option } from "commander";
import { CommandError } from "./errors.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { limitHeapGrowth } from "./limit-heap-growth.ts";
import { reduceJitWarmup } from "./reduce-jit-warmup.ts";
import { printFailure } from "./terminal/print-failure.ts";
import { createProcessTerminal, type Terminal } from "./terminal/terminal.ts";
import { version } from "./version.ts";

/** Creates commands; `exitWith` sets the exit code for a command that did not fail. */
export type CreateCommands = (terminal: Terminal, exitWith: (code: number) => void) => readonly Command[];

/** Runs a command line with these commands, and sets the exit code of the process. Never throws. */
export async function runProgram(createCommands: CreateCommands, args: readonly string[]): Promise<void> {
  reduceJitWarmup();
  limitHeapGrowth();
  const terminal = createProcessTerminal({
    color: !args.includes("--no-color"),
    isData: ["--json", "sql", "export", "run-sensor"].some((data) => args.includes(data)),
  });
  process.exitCode = await runOn(terminal, createCommands, args);
}

/** Runs a command line on a terminal; returns the exit code. */
export async function runOn(
  terminal: Terminal,
  createCommands: CreateCommands,
  args: readonly string[],
): Promise<number> {
  const json = args.includes("--json");
  let exitCode: number = exitCodes.fine;
  const commands = createCommands(terminal, (code) => {
    exitCode = code;
  });
  try {
    await createProgram(terminal, commands, { withHelp: !json }).parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.fine;
    const failure = thrown instanceof CommanderError ? wrongUse(thrown) : thrown;
    printFailure(terminal, failure, { json, verbose: args.includes("--verbose") });
    return exitCodeOf(failure);
  }
}

/** @param options.withHelp whether to print help when no command is given */
export function createProgram(
  terminal: Terminal,
  commands: readonly Command[],
  options: { readonly withHelp: boolean },
): Command {
  const program = new Command("dagster-sigma")
    .description("Sigma workbooks, data models and datasets as assets in the Dagster asset graph.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .option("--json", "print only JSON on stdout; on failure print one line of JSON on stderr")
    .option("--verbose", "log each request, and print the stack trace of an error")
    .addOption(
      new Option("--log-format <format>", "log format when stderr is not a terminal (default: text)").choices(
        ["text", "json"] as const,
      ),
    )
    .option("--no-color", "print without colors");
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands, ...commands.flatMap((each) => each.commands)]) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        // Prints help when no command is given.
        writeErr: (text) => terminal.err(options.withHelp ? text : ""),
        // Errors are printed by printFailure, in the requested format.
        outputError: () => undefined,
      })
      .helpOption("-h, --help", "print help")
      .configureHelp({ showGlobalOptions: true });
  }
  return program;
}

function wrongUse(error: CommanderError): CommandError {
  // Without a command, commander prints its help and fails.
  const message =
    error.code === "commander.help" ? "No command given." : error.message.replace(/^error: /, "");
  return new CommandError(
    "WRONG_USE",
    message,
    "`dagster-sigma --help` lists the commands; each also has --help.",
  );
}
