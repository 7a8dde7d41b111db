import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { conformanceFolder } from "./conformance-folder.ts";

/** A program in `python/` that answers each line of JSON with a line of JSON, in order. */
export class PythonLines<Question, Answer> {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  #errors = "";

  constructor(python: string, program: string, args: readonly string[] = []) {
    this.#process = spawn(python, [join(conformanceFolder, "python", program), ...args], {
      env: { ...process.env, PYTHONHASHSEED: "0", DAGSTER_DISABLE_TELEMETRY: "1" },
    });
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line) as Answer);
    });
    this.#process.stderr.on("data", (data: Buffer) => {
      this.#errors = `${this.#errors}${data.toString()}`.slice(-4_000);
    });
    this.#process.on("close", (code) => {
      for (const { reject } of this.#waiting.splice(0))
        reject(new Error(`${program} ended with ${code}: ${this.#errors}`));
    });
  }

  /** Rejects if the program exits before it answers. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }

  /** Rejects pending questions. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    this.#process.stdin.end();
    await ended;
  }
}
