import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mutation, mutations, type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { conformanceFolder } from "../python/conformance-folder.ts";
import { seededRandom } from "./seeded-random.ts";

const bin = join(conformanceFolder, "..", "packages", "dagster-sigma", "bin", "dagster-sigma.js");

/** Results of killed refreshes. */
export interface KilledRefreshes {
  readonly kills: number;
  /** Number of refreshes that left the previous state, byte for byte. */
  readonly oldStates: number;
  /** Number of refreshes that left a new, complete state. */
  readonly newStates: number;
  /** Number of refreshes that ended before they were killed. */
  readonly tooLate: number;
  /** States that are neither; must be empty. */
  readonly problems: readonly string[];
}

/**
 * Kills `dagster-sigma refresh` at random times while the organization changes, and checks the state that each
 * leaves. Finally, a last refresh must give the same as a load from scratch.
 */
export async function killRefreshes(options: {
  readonly organization: Organization;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (done: number) => void;
}): Promise<KilledRefreshes> {
  const sandbox = await startSandbox({ organization: options.organization, delayMs: 2 });
  const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-killed-"));
  const env = {
    ...process.env,
    SIGMA_BASE_URL: sandbox.baseUrl,
    SIGMA_CLIENT_ID: sandbox.clientId,
    SIGMA_CLIENT_SECRET: sandbox.clientSecret,
    DAGSTER_SIGMA_STATE_DIR: folder,
  };
  const random = seededRandom(options.seed);
  const problems: string[] = [];
  const counts = { oldStates: 0, newStates: 0, tooLate: 0 };
  try {
    const longestMs = await timeOf(() => runToEnd(["refresh"], env));
    const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".ndjson"));
    const state = (): string => readFileSync(join(folder, name), "utf8");
    for (let kill = 0; kill < options.kills; kill++) {
      const mutation = mutations[Math.floor(random() * mutations.length)] as Mutation;
      sandbox.mutate(mutation, Math.floor(random() * 1_000));
      const before = state();
      const child = start(["refresh", ...(kill % 2 === 0 ? ["--full"] : [])], env);
      await sleep(random() * longestMs * 1.1);
      if (child.exitCode !== null) counts.tooLate++;
      child.kill("SIGKILL");
      await ended(child);
      const after = state();
      if (after === before) counts.oldStates++;
      else if (isWhole(after)) counts.newStates++;
      else problems.push(`kill ${kill}: a state of ${after.length} characters that is incomplete`);
      options.onKill?.(kill + 1);
    }
    await runToEnd(["refresh"], env);
    const last = essence(state());
    const left = readdirSync(folder).filter((file) => file !== name);
    if (left.some((file) => !/\.(graph|earlier)$/.test(file)))
      problems.push(`left behind: ${left.join(", ")}`);
    // Earlier states are kept; one that was about to be kept when the refresh was killed is not left over.
    const [earlier] = left.filter((file) => file.endsWith(".earlier"));
    if (earlier !== undefined && readdirSync(join(folder, earlier)).includes("pending"))
      problems.push("left behind: an earlier state that was not kept");
    await runToEnd(["refresh", "--full"], env);
    if (last !== essence(state())) problems.push("the last refresh does not equal a load from scratch");
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { kills: options.kills, ...counts, problems };
}

/** A complete state ends with a line that counts the others. */
function isWhole(text: string): boolean {
  const lines = text.trimEnd().split("\n");
  const end = JSON.parse(lines.at(-1) ?? "null") as { readonly type?: string; readonly count?: number };
  return end.type === "end" && end.count === lines.length - 2;
}

/** A state without times and checksums, and without the request ids quoted in messages. */
export function essence(state: string): string {
  return state.replace(/"fetchedAt":"[^"]*"|,"checksum":"[^"]*"|\[request [^\]]*\]/g, "");
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [bin, ...args], { env, stdio: "ignore" });
}

async function runToEnd(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [bin, ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (text: Buffer) => {
    told += text.toString();
  });
  await ended(child);
  if (child.exitCode !== 0)
    throw new Error(`dagster-sigma ${args.join(" ")} ended with ${child.exitCode}: ${told}`);
}

async function timeOf(what: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await what();
  return performance.now() - startedMs;
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("close", resolve));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
