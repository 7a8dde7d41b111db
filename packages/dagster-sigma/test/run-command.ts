import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root: string = join(import.meta.dirname, "..", "..", "..");
export const bin: string = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command like a user, in a separate process, with only the given variables of this project. */
export function runCommand(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly nodeArgs?: readonly string[];
    /** Standard input of the command. */
    readonly input?: string;
  } = {},
): Promise<CommandResult> {
  return resultOf([process.execPath, ...(options.nodeArgs ?? []), bin, ...args], options);
}

/** Runs a line of bash, with only the given variables of this project. */
export function runShell(line: string, env: Readonly<Record<string, string>>): Promise<CommandResult> {
  return resultOf(["bash", "-c", line], { env });
}

function resultOf(
  [command = "", ...args]: readonly string[],
  options: Parameters<typeof runCommand>[1] & object,
): Promise<CommandResult> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      // A separate state folder, unless a test passes one.
      DAGSTER_SIGMA_STATE_DIR: mkdtempSync(join(tmpdir(), "dagster-sigma-state-")),
      ...options.env,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that does not read stdin may exit first.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** A command that runs until it is stopped. */
export interface RunningCommand {
  /** Resolves with all stdout written so far, once it contains the text. */
  readonly outWith: (text: string) => Promise<string>;
  /** Stops it with SIGINT, like Ctrl-C; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
}

export function startCommand(
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly isQuiet?: boolean } = {},
): RunningCommand {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", options.isQuiet === true ? "ignore" : "inherit"],
  });
  const ended = once(child, "exit").then(([code]): number | null => code);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  return {
    outWith: async (text) => {
      while (!out.includes(text)) {
        await Promise.race([
          once(child.stdout, "data"),
          ended.then((code) => Promise.reject(new Error(`It ended with ${code}: ${out}`))),
        ]);
      }
      return out;
    },
    stop: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** The failure that a command with `--json` prints: the last line of stderr, after log lines. */
export function failureIn(err: string): unknown {
  return JSON.parse(err.trimEnd().split("\n").at(-1) ?? "");
}
