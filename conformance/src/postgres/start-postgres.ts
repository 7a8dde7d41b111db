import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runProcess } from "../python/run-process.ts";

/** A Postgres server with an empty database of its own, `postgres`, of the user `dagster`. */
export interface RunningPostgres {
  /** The folder of its Unix socket. */
  readonly folder: string;
  /** URL of the database, for SQLAlchemy. */
  readonly url: string;
  /** For example `15.18`. */
  readonly version: string;
  /** Stops it, and removes its data. */
  close(): Promise<void>;
}

const startMs = 30_000;

/** The user of the server, and the working directory, which this user must be able to enter. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd?: string;
}

/**
 * Starts a Postgres of this machine with a new database, reachable only through a Unix socket. The programs are those in the folder
 * POSTGRES_BIN, installed ones, or, on Debian as root, ones installed now from its packages.
 *
 * @param password Password of the user. Default: none is needed
 * @throws Error without Postgres, or if it does not start
 */
export async function startPostgres(password?: string): Promise<RunningPostgres> {
  const programs = findPrograms() ?? installPostgres();
  if (programs === null)
    throw new Error("Postgres is needed: set POSTGRES_BIN to the folder of its programs.");
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-postgres-"));
  const data = join(folder, "data");
  const owner = await ownerOf(folder);
  const passwordFile = join(folder, "password");
  if (password !== undefined) writeFileSync(passwordFile, password);
  const access =
    password === undefined ? ["-A", "trust"] : ["-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const init = ["-D", data, "-U", "dagster", ...access, "--locale=C", "--encoding=UTF8", "--no-sync"];
  await succeed(join(programs, "initdb"), init, owner);
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
    { ...owner, stdio: "ignore" },
  );
  const close = async (): Promise<void> => {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + startMs;
  while ((await runProcess(join(programs, "pg_isready"), ["-q", "-h", folder])).code !== 0) {
    if (Date.now() > deadline || server.exitCode !== null) {
      await close();
      throw new Error("Postgres did not start.");
    }
    await sleep(100);
  }
  const { stdout } = spawnSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" });
  return {
    folder,
    // Dagster installs psycopg2; SQLAlchemy 2.1 would look for psycopg.
    url: `postgresql+psycopg2://dagster${password === undefined ? "" : `:${password}`}@/postgres?host=${folder}`,
    version: /\d+\.\d+/.exec(stdout)?.[0] ?? "unknown",
    close,
  };
}

function findPrograms(): string | null {
  const packages = "/usr/lib/postgresql";
  const installed = existsSync(packages)
    ? readdirSync(packages).map((version) => join(packages, version, "bin"))
    : [];
  const { POSTGRES_BIN: named } = process.env;
  return (
    [...(named ? [named] : []), ...installed].find((folder) => existsSync(join(folder, "initdb"))) ?? null
  );
}

function installPostgres(): string | null {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return null;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "ignore" } as const;
  spawnSync("apt-get", ["update", "-q"], options);
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "postgresql"], options);
  return findPrograms();
}

/** Postgres refuses to run as root: then the user of Debian's package owns the folder and the server. */
async function ownerOf(folder: string): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const { out } = await runProcess("id", ["-u", "postgres"]);
  const { out: group } = await runProcess("id", ["-g", "postgres"]);
  const owner = { uid: Number(out), gid: Number(group) };
  chownSync(folder, owner.uid, owner.gid);
  return { ...owner, cwd: folder };
}

async function succeed(program: string, args: readonly string[], options: Owner): Promise<void> {
  const { code, out, err } = await runProcess(program, args, options);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${out}${err}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("close", resolve));
  // A fast shutdown, which ends open connections.
  server.kill("SIGINT");
  await ended;
}
