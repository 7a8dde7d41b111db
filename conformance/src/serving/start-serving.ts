import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { until } from "./until.ts";

/** The built command `dagster-sigma`. */
export const bin: string = join(
  dirname(conformanceFolder),
  "packages",
  "dagster-sigma",
  "bin",
  "dagster-sigma.js",
);

/** A running `dagster-sigma serve`. */
export interface Served {
  readonly port: number;
  readonly pid: number;
  /** What it wrote to stderr. */
  readonly err: () => string;
  /** Resolves when stderr contains the text `times` times (default: once); rejects if the process ends before. */
  readonly errWith: (text: string, times?: number, withinMs?: number) => Promise<void>;
  /** Longest event loop delay since the last query, in ms. */
  readonly longestPause: () => Promise<number>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code. */
  readonly stop: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly ended: () => Promise<number | null>;
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
  let hasEnded = false;
  child.once("close", () => {
    hasEnded = true;
  });
  child.stderr.on("data", (data) => {
    written += data;
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { port } = JSON.parse(line) as { readonly port: number };
  return {
    port,
    pid: child.pid ?? 0,
    err: () => written,
    errWith: (text, times = 1, withinMs = undefined) =>
      until(() => {
        if (written.split(text).length > times) return Promise.resolve(true);
        if (!hasEnded) return Promise.resolve(false);
        throw new Error(`It ended before it wrote ${text}: ${written}`);
      }, withinMs),
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

/** Waits until a process has ended; null if a signal ended it. */
export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}
