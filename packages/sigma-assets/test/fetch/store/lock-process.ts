import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";

/** Another process that takes locks, see `fixtures/hold-lock.mjs`. */
export class LockProcess {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    const sources = [
      "--import",
      new URL("../../../../../scripts/typescript/register.mjs", import.meta.url).href,
      "--conditions=@dagster-sigma/source",
    ];
    const script = join(import.meta.dirname, "fixtures", "hold-lock.mjs");
    const stdio: StdioOptions = ["pipe", "pipe", "inherit"];
    this.child = spawn(process.execPath, [...sources, script], { stdio });
    onTestFinished(() => void this.child.kill("SIGKILL"));
    this.#lines = createInterface({ input: this.child.stdout as Readable })[Symbol.asyncIterator]();
  }

  send(command: string): void {
    this.child.stdin?.write(`${command}\n`);
  }

  async line(): Promise<string> {
    return (await this.#lines.next()).value;
  }
}
