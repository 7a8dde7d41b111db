import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import {
  type Mutation,
  mutations,
  type Organization,
  startSandbox,
  tooManyRequests,
} from "@dagster-sigma/sigma-sandbox";
import { essence } from "./kill-refresh.ts";
import { seededRandom } from "./seeded-random.ts";

/** Resource usage of the process at one point of a soak test. */
interface SoakSample {
  readonly refresh: number;
  readonly heapMiB: number;
  readonly rssMiB: number;
  /** Number of open files and sockets, from `/proc`; null if unavailable. */
  readonly openFiles: number | null;
}

export interface SoakResult {
  readonly refreshes: number;
  /** Number of refreshes that failed, for example because a listing failed permanently. */
  readonly refused: number;
  readonly samples: readonly SoakSample[];
  readonly problems: readonly string[];
}

/**
 * Refreshes an organization repeatedly in this process, while it changes and its API misbehaves. The final state must
 * equal that of a load from scratch, and nothing may remain open.
 */
export async function soak(options: {
  readonly organization: Organization;
  readonly refreshes: number;
  readonly seed: number;
  /** Number of refreshes between two samples. */
  readonly sampleEvery: number;
  readonly onRefresh?: (done: number) => void;
}): Promise<SoakResult> {
  const { organization, refreshes, sampleEvery } = options;
  const sandbox = await startSandbox({ organization });
  const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-soak-"));
  const random = seededRandom(options.seed);
  const samples: SoakSample[] = [];
  let refused = 0;
  const refresh = async (): Promise<void> => {
    const sigma = new SigmaOrganization({
      ...sandbox,
      firstByteTimeoutMs: 500,
      retryLimits: { baseDelayMs: 2, maxDelayMs: 20, maxRetryAfterMs: 1_100 },
    });
    await loadSigmaAssetSpecs(sigma, { stateDir, refresh: true, stateKey: "soak" });
  };
  try {
    for (let done = 0; done < refreshes; done++) {
      for (let count = random() * 3; count > 0; count--)
        sandbox.mutate(
          mutations[Math.floor(random() * mutations.length)] as Mutation,
          Math.floor(random() * 1_000),
        );
      sandbox.faults.clear();
      for (const fault of [
        tooManyRequests("0"),
        { kind: "status", status: 503 },
        { kind: "cut" },
        { kind: "drop" },
      ] as const)
        sandbox.faults.add({ share: random() * 0.02, seed: String(done), fault });
      sandbox.log.clear();
      await refresh().catch(() => refused++);
      options.onRefresh?.(done + 1);
      if ((done + 1) % sampleEvery === 0) samples.push(await takeSample(done + 1));
    }
    sandbox.faults.clear();
    await refresh();
    const kept = readState(stateDir);
    rmSync(stateDir, { recursive: true });
    await refresh();
    const problems =
      essence(kept) === essence(readState(stateDir))
        ? []
        : ["the state does not equal that of a load from scratch"];
    return { refreshes, refused, samples, problems: [...problems, ...growth(samples)] };
  } finally {
    await sandbox.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function readState(stateDir: string): string {
  const [name = ""] = readdirSync(stateDir).filter((file) => file.endsWith(".ndjson"));
  return readFileSync(join(stateDir, name), "utf8");
}

/** After idle resources were released. */
async function takeSample(refresh: number): Promise<SoakSample> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { refresh, heapMiB: heapUsed / 2 ** 20, rssMiB: rss / 2 ** 20, openFiles: countOpenFiles() };
}

function countOpenFiles(): number | null {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return null;
  }
}

/** Compares the second half with the first, so that one-time allocations do not count. */
function growth(samples: readonly SoakSample[]): readonly string[] {
  if (samples.length < 4) return [];
  const half = Math.floor(samples.length / 2);
  const highest = (some: readonly SoakSample[], of: (sample: SoakSample) => number): number =>
    Math.max(...some.map(of));
  const [first, second] = [samples.slice(0, half), samples.slice(half)];
  const heap = [highest(first, ({ heapMiB }) => heapMiB), highest(second, ({ heapMiB }) => heapMiB)] as const;
  const files = [
    highest(first, ({ openFiles }) => openFiles ?? 0),
    highest(second, ({ openFiles }) => openFiles ?? 0),
  ] as const;
  return [
    ...(heap[1] > heap[0] * 1.15 + 5
      ? [`the heap grew from ${heap[0].toFixed(0)} to ${heap[1].toFixed(0)} MiB`]
      : []),
    ...(files[1] > files[0] + 5 ? [`open files grew from ${files[0]} to ${files[1]}`] : []),
  ];
}
