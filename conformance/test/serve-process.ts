import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";

export const bin: string = join(
  import.meta.dirname,
  "..",
  "..",
  "packages",
  "dagster-sigma",
  "bin",
  "dagster-sigma.js",
);

/** A running `dagster-sigma serve`. */
export interface Served {
  readonly port: number;
  readonly err: () => string;
  /** Resolves when stderr contains the text `times` times. Default: once. */
  readonly errWith: (text: string, times?: number) => Promise<void>;
  /** Longest event loop delay since the last query, in ms. */
  readonly longestPause: () => Promise<number>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly ended: () => Promise<number | null>;
}

/** Starts it on a free port; it is killed when the test ends. */
export async function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const served = await startServing(args, env);
  onTestFinished(() => served.signal("SIGKILL"));
  return served;
}

/** Starts it on a free port; the caller must stop it. */
export function startServing(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  return followServing(
    spawn(process.execPath, [bin, "serve", "--port", "0", "--json", ...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

/** Waits until `dagster-sigma serve --json`, which was just started, listens. */
export async function followServing(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Served> {
  let written = "";
  child.stderr.on("data", (data) => {
    written += data;
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { port } = JSON.parse(line) as { readonly port: number };
  return {
    port,
    err: () => written,
    errWith: (text, times = 1) => until(() => Promise.resolve(written.split(text).length > times)),
    longestPause: async () => {
      const told = (): readonly string[] => written.match(/(?<=longest pause )\d+/g) ?? [];
      const before = told().length;
      child.kill("SIGUSR2");
      await until(() => Promise.resolve(told().length > before));
      return Number(told().at(-1));
    },
    signal: (signal) => void child.kill(signal),
    stop: (signal) => {
      child.kill(signal);
      return exitCode(child);
    },
    ended: () => exitCode(child),
  };
}

export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

export async function until(
  isReached: () => Promise<boolean>,
  withinMs = 20_000,
  pauseMs = 50,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs / 1_000} seconds.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
