import { PassThrough } from "node:stream";
import picocolors from "picocolors";
import { vi } from "vitest";
import { run } from "../src/main.ts";
import type { Terminal } from "../src/terminal/terminal.ts";

export interface Recorded {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, without a terminal; the environment has only the given variables of this project. */
export async function runHere(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly width?: number;
    readonly input?: string;
  } = {},
): Promise<Recorded> {
  let out = "";
  let err = "";
  const input = new PassThrough();
  input.end(options.input ?? "");
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    eraseLines: () => undefined,
    input: input as unknown as NodeJS.ReadStream,
    isWatched: false,
    isInteractive: false,
    width: options.width ?? 120,
    height: null,
    colors: picocolors.createColors(false),
  };
  for (const name of ["SIGMA_BASE_URL", "SIGMA_CLIENT_ID", "SIGMA_CLIENT_SECRET", "DAGSTER_SIGMA_STATE_DIR"])
    vi.stubEnv(name, options.env?.[name]);
  try {
    return { code: await run(args, terminal), out, err };
  } finally {
    vi.unstubAllEnvs();
  }
}
