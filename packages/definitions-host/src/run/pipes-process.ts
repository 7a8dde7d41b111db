import { appendFileSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import type { PipesMessage } from "./pipes-message.ts";

/** A process that was started by Dagster's `PipesSubprocessClient`, or another client of Dagster Pipes. */
export interface PipesProcess {
  /** The context of the step. */
  readonly context: unknown;
  readonly send: (message: PipesMessage) => void;
}

/** Variables of Dagster Pipes: base64 of zlib-compressed JSON (dagster 1.13.27, `dagster-pipes`). */
const contextVariable = "DAGSTER_PIPES_CONTEXT";
const messagesVariable = "DAGSTER_PIPES_MESSAGES";

/**
 * The step of a process that Dagster Pipes started; null if it was not. The context comes by value or in a file; messages go
 * to a file, to stdout or to stderr.
 *
 * @throws Error for another kind of channel
 */
export function pipesProcess(env: Readonly<Record<string, string | undefined>>): PipesProcess | null {
  const context = env[contextVariable];
  const messages = env[messagesVariable];
  if (context === undefined || messages === undefined) return null;
  return { context: readContext(decode(context)), send: writerFor(decode(messages)) };
}

function decode(value: string): Readonly<Record<string, unknown>> {
  return JSON.parse(inflateSync(Buffer.from(value, "base64")).toString("utf8"));
}

function readContext({ path, data }: Readonly<Record<string, unknown>>): unknown {
  if (typeof path === "string") return JSON.parse(readFileSync(path, "utf8"));
  if (data !== undefined) return data;
  throw new Error("Dagster Pipes passes the context in an unknown way; a file or a value is supported.");
}

function writerFor({ path, stdio }: Readonly<Record<string, unknown>>): PipesProcess["send"] {
  const line = (message: PipesMessage): string => `${JSON.stringify(message)}\n`;
  if (typeof path === "string") return (message) => appendFileSync(path, line(message));
  if (stdio === "stdout") return (message) => void process.stdout.write(line(message));
  if (stdio === "stderr") return (message) => void process.stderr.write(line(message));
  throw new Error("Dagster Pipes expects messages in an unknown way; a file, stdout or stderr is supported.");
}
