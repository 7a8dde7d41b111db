import type { Command } from "commander";
import { assetsCommand } from "./commands/assets.ts";
import { checkCommand } from "./commands/check.ts";
import { completionCommand } from "./commands/completion.ts";
import { demoCommand } from "./commands/demo.ts";
import { devCommand } from "./commands/dev.ts";
import { diffCommand } from "./commands/diff.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { impactCommand } from "./commands/impact.ts";
import { initCommand } from "./commands/init.ts";
import { materializeCommand } from "./commands/materialize.ts";
import { refreshCommand } from "./commands/refresh.ts";
import { runSensorCommand } from "./commands/run-sensor.ts";
import { runStepsCommand } from "./commands/run-steps.ts";
import { sandboxCommand } from "./commands/sandbox.ts";
import { scaffoldCommand } from "./commands/scaffold.ts";
import { serveCommand } from "./commands/serve.ts";
import { showCommand } from "./commands/show.ts";
import { snapshotCommand } from "./commands/snapshot.ts";
import { sqlCommand } from "./commands/sql.ts";
import { type CreateCommands, createProgram as createProgramOf, runOn, runProgram } from "./program.ts";
import type { Terminal } from "./terminal/terminal.ts";

const allCommands: CreateCommands = (terminal, exitWith) => {
  const commands: readonly Command[] = [
    initCommand(terminal),
    scaffoldCommand(terminal),
    assetsCommand(terminal),
    showCommand(terminal),
    impactCommand(terminal, exitWith),
    checkCommand(terminal, exitWith),
    refreshCommand(terminal),
    materializeCommand(terminal, exitWith),
    diffCommand(terminal, exitWith),
    doctorCommand(terminal),
    snapshotCommand(terminal),
    sqlCommand(terminal),
    devCommand(terminal),
    serveCommand(terminal),
    exportCommand(terminal),
    runStepsCommand(),
    runSensorCommand(terminal),
    sandboxCommand(terminal),
    demoCommand(terminal),
    completionCommand(terminal, () => commands),
  ];
  return commands;
};

/** Runs the command line and sets the exit code of the process. Never throws. */
export async function main(args: readonly string[]): Promise<void> {
  await runProgram(allCommands, args);
}

/** Runs the command line on a terminal; returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  return await runOn(terminal, allCommands, args);
}

/** The commands and their options; `docs/reference/cli.md` is checked against it. */
export function createProgram(terminal: Terminal, options: { readonly withHelp: boolean }): Command {
  return createProgramOf(
    terminal,
    allCommands(terminal, () => undefined),
    options,
  );
}
