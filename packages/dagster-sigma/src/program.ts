import { Command, CommanderError, Option } from "commander";
import { CommandError } from "./errors.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { commandHelp, formatExamples } from "./help/command-help.ts";
import { nearestNames } from "./help/nearest-name.ts";
import { limitHeapGrowth } from "./limit-heap-growth.ts";
import { reduceJitWarmup } from "./reduce-jit-warmup.ts";
import { printFailure } from "./terminal/print-failure.ts";
import { createProcessTerminal, quietTerminal, type Terminal } from "./terminal/terminal.ts";
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
  const shown = args.includes("--quiet") ? quietTerminal(terminal) : terminal;
  const commands = createCommands(shown, (code) => {
    exitCode = code;
  });
  try {
    refuseUnknownHelp(args, commands);
    await createProgram(terminal, commands, { withHelp: !json }).parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.fine;
    const failure = thrown instanceof CommanderError ? wrongUse(thrown, args, commands) : thrown;
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
    .option("--quiet", "print nothing on stderr but errors")
    .option("--verbose", "log each request, and print the stack trace of an error")
    .addOption(
      new Option("--log-format <format>", "log format when stderr is not a terminal (default: text)").choices(
        ["text", "json"] as const,
      ),
    )
    .option("--no-color", "print without colors");
  for (const command of commands) {
    program.addCommand(command);
    const help = commandHelp[command.name()];
    if (help !== undefined) command.helpGroup(help.group).addHelpText("after", () => formatExamples(help));
  }
  for (const command of [program, ...commands, ...commands.flatMap((each) => each.commands)]) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => terminal.out(text),
        // Prints help when no command is given.
        writeErr: (text) => terminal.err(options.withHelp ? text : ""),
        // Errors are printed by printFailure, in the requested format.
        outputError: () => undefined,
        getOutHelpWidth: () => terminal.width,
        getErrHelpWidth: () => terminal.width,
      })
      .helpOption("-h, --help", "print help")
      .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 });
  }
  return program;
}

/** Commander would print the help of the program. @throws CommandError `WRONG_USE` */
function refuseUnknownHelp([first, name]: readonly string[], commands: readonly Command[]): void {
  if (first !== "help" || name === undefined || name.startsWith("-")) return;
  const names = commands.map((command) => command.name());
  if (names.includes(name)) return;
  const near = nearestNames(name, names);
  throw new CommandError(
    "WRONG_USE",
    `There is no command "${name}".`,
    near.length > 0 ? `Did you mean: ${near.join(", ")}?` : "`dagster-sigma --help` lists the commands.",
  );
}

function wrongUse(
  error: CommanderError,
  args: readonly string[],
  commands: readonly Command[],
): CommandError {
  // Without a command, commander prints its help and fails.
  const message =
    error.code === "commander.help" ? "No command given." : error.message.replace(/^error: /, "");
  const command = commands.find((each) => each.name() === args.find((arg) => !arg.startsWith("-")));
  return new CommandError(
    "WRONG_USE",
    message.replace(/\n/g, " "),
    command === undefined
      ? "`dagster-sigma --help` lists the commands; each also has --help."
      : `\`dagster-sigma ${command.name()} --help\` lists its options, with examples.`,
  );
}
