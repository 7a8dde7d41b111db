import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A location of a workspace: one of ours by its port, or a Python file. Default of `host`: 127.0.0.1. */
export type WorkspaceLocation =
  | { readonly name: string; readonly port: number; readonly host?: string }
  | { readonly name: string; readonly pythonFile: string };

/** A running Dagster with its own DAGSTER_HOME. */
export interface RunningDagster {
  /** URL of its web UI. */
  readonly url: string;
  readonly home: string;
  /** Rejects if the answer contains errors. */
  graphql<Data>(query: string, variables?: object): Promise<Data>;
  /** Output of its processes, for messages. */
  log(): string;
  /** Kills the daemon (SIGKILL). */
  killDaemon(): Promise<void>;
  /** Starts a daemon after `killDaemon`. */
  startDaemon(): void;
  close(): Promise<void>;
}

const startMs = 60_000;

/** Starts the real web server, and optionally the daemon, with a workspace. */
export async function startDagster(options: {
  /** The interpreter of an environment with dagster-webserver. */
  readonly python: string;
  /** The locations, or the text of a workspace.yaml. */
  readonly locations: readonly WorkspaceLocation[] | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly daemon?: boolean;
  /** Pause of the daemon between its rounds of evaluations of sensors, in s. Default: that of Dagster, 5 s. */
  readonly sensorPauseS?: number;
  /** Lines of dagster.yaml in addition to those that switch off telemetry. Default: none. */
  readonly dagsterYaml?: string;
}): Promise<RunningDagster> {
  const home = mkdtempSync(join(tmpdir(), "dagster-sigma-dagster-"));
  writeFileSync(join(home, "dagster.yaml"), `telemetry:\n  enabled: false\n${options.dagsterYaml ?? ""}`);
  writeFileSync(join(home, "workspace.yaml"), workspaceYaml(options.locations));
  const port = await freePort();
  const env = { ...process.env, ...options.env, DAGSTER_HOME: home, DAGSTER_DISABLE_TELEMETRY: "yes" };
  const processes: ChildProcess[] = [];
  let written = "";
  const start = (program: string, args: readonly string[]): ChildProcess => {
    const child = spawn(program, [...args, "-w", "workspace.yaml"], {
      cwd: home,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        written = `${written}${data.toString()}`.slice(-20_000);
      });
    processes.push(child);
    return child;
  };
  let daemon: ChildProcess | null = null;
  start(join(dirname(options.python), "dagster-webserver"), ["-h", "127.0.0.1", "-p", String(port)]);
  const url = `http://127.0.0.1:${port}`;
  const dagster: RunningDagster = {
    url,
    home,
    graphql: (query, variables = {}) => ask(`${url}/graphql`, query, variables),
    log: () => written,
    killDaemon: async () => {
      if (daemon !== null) await kill(daemon);
    },
    startDaemon: () => {
      daemon = start(options.python, ["-c", daemonProgram(options.sensorPauseS ?? 5), "run"]);
    },
    close: async () => {
      await Promise.all(processes.map(end));
      await remove(home);
    },
  };
  const deadline = Date.now() + startMs;
  while (!(await isUp(url))) {
    if (Date.now() > deadline || processes.some(({ exitCode }) => exitCode !== null)) {
      await dagster.close();
      throw new Error(`Dagster did not start: ${written}`);
    }
    await sleep(200);
  }
  // One after the other, because each would create the tables of the new home.
  if (options.daemon === true) dagster.startDaemon();
  return dagster;
}

/** The process of a run that has just ended may still write. */
async function remove(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (thrown) {
      if (attempt === 12) throw thrown;
      await sleep(250);
    }
  }
}

/** Lines of dagster.yaml with which runs start at once. */
export const withoutQueue: string =
  "run_coordinator:\n  module: dagster._core.run_coordinator\n  class: DefaultRunCoordinator\n";

/** Lines of dagster.yaml for a storage in Postgres. */
export function postgresYaml(url: string): string {
  return `storage:\n  postgres:\n    postgres_url: ${JSON.stringify(url)}\n`;
}

/** The program `dagster-daemon`, which has no option for the pause. */
function daemonProgram(sensorPauseS: number): string {
  return `import dagster._daemon.sensor
from dagster._daemon.cli import main
dagster._daemon.sensor.MIN_INTERVAL_LOOP_TIME = ${sensorPauseS}
main()`;
}

function workspaceYaml(locations: readonly WorkspaceLocation[] | string): string {
  if (typeof locations === "string") return locations;
  const entries = locations.map((location) =>
    "port" in location
      ? `  - grpc_server:\n      host: ${location.host ?? "127.0.0.1"}\n      port: ${location.port}\n      location_name: ${location.name}\n`
      : `  - python_file:\n      relative_path: ${location.pythonFile}\n      location_name: ${location.name}\n`,
  );
  return `load_from:\n${entries.join("")}`;
}

async function ask<Data>(url: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    readonly data: Data;
    readonly errors?: readonly object[];
  };
  if (errors !== undefined)
    throw new Error(`Dagster answered with errors: ${JSON.stringify(errors).slice(0, 2_000)}`);
  return data;
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/server_info`)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGINT");
  const force = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(force);
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("close", resolve));
  if (child.kill("SIGKILL")) await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
