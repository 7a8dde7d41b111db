import { type SpawnOptions, spawn } from "node:child_process";

/** How a process ended, and what it wrote. */
export interface ProcessResult {
  /** Exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end. @throws Error with its output if the exit code is not 0 */
export async function succeed(...run: Parameters<typeof runProcess>): Promise<void> {
  const [program, args] = run;
  const { code, out, err } = await runProcess(...run);
  if (code !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${code}: ${out}${err}`);
}

/** Runs a program to its end, without input, while servers of this process go on answering. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: Readonly<Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid">> = {},
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] as const });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
