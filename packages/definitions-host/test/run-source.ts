import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * A step: a method of the source with its arguments, `["current"]`, `["start", method, …]`, `["wait"]`, `["loading", progress]`
 * (waits until a load reports this progress), `["sleep", ms]` or `["write", file, text]`.
 */
export type Step = readonly [what: string, ...args: unknown[]];

export interface Outcome {
  readonly results: readonly Readonly<Record<string, unknown>>[];
  /** The key or the failure name of each load. */
  readonly loads: readonly string[];
  readonly output: string;
}

/** Options with which Node runs the TypeScript sources, in the process and its worker threads. */
const fromSources = [
  "--import",
  new URL("../../../scripts/typescript/register.mjs", import.meta.url).href,
  "--conditions=@dagster-sigma/source",
];

const script = join(import.meta.dirname, "fixtures", "run-source.mjs");

/**
 * Runs steps, in a separate process, on a source whose definitions behave according to the options.
 *
 * @param isInline whether `node --eval` runs the program
 */
export function runSource(
  steps: readonly Step[],
  options: object = {},
  source: object = {},
  nodeOptions = "",
  isInline = false,
): Promise<Outcome> {
  const inline = ["--input-type=module", "--eval", `import ${JSON.stringify(pathToFileURL(script).href)};`];
  const program = isInline ? inline : [...fromSources, script];
  const child = spawn(process.execPath, [...program, JSON.stringify({ steps, options, source })], {
    // A thread of an inline program inherits no options except these.
    env: { ...process.env, NODE_OPTIONS: isInline ? fromSources.join(" ") : nodeOptions },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", () => (out === "" ? reject(new Error(err)) : resolve(JSON.parse(out))));
  });
}
