import { spawn } from "node:child_process";
import type { Terminal } from "./terminal.ts";

/** Pager without the variable `PAGER`, and its options: it keeps colors, and ends at once if everything fits the screen. */
const defaultPager = "less";
const lessOptions = "FRX";

/** Prints a text; on a terminal that is too short for it, in the user's pager. Without a pager it is printed as it is. */
export async function page(terminal: Terminal, text: string, isWanted: boolean): Promise<void> {
  const { height } = terminal;
  const lines = text.split("\n").length;
  const isLong = height !== null && lines > height;
  if (!isWanted || !terminal.isInteractive || !isLong || !(await isPaged(text))) terminal.out(text);
}

/** @returns false if there is no pager */
async function isPaged(text: string): Promise<boolean> {
  const pager = process.env["PAGER"] || defaultPager;
  if (pager === "cat") return false;
  // The variable may contain options.
  const child = spawn(pager, {
    shell: true,
    stdio: ["pipe", "inherit", "inherit"],
    env: { LESS: lessOptions, ...process.env },
  });
  // A user may leave the pager before it has read everything.
  child.stdin.on("error", () => undefined);
  child.stdin.end(text);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("close", resolve);
  });
  // How a shell says that it did not find the program.
  return code !== 127;
}
