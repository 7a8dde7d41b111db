// A process that loads organizations on request, so that the memory of a load can be measured. Its parent sends a
// `LoadRequest` per load.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import {
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaOrganizationOptions,
} from "@dagster-sigma/sigma-assets";

/** A load to do. */
export interface LoadRequest {
  readonly stateDir: string;
  readonly options: Pick<
    SigmaOrganizationOptions,
    "callTimeoutMs" | "firstByteTimeoutMs" | "slowBodyAfterMs" | "retryLimits" | "maxDocumentRows"
  > & {
    readonly baseUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
}

/** The result of a load. */
export interface LoadReply {
  /** Code of the error, or null. */
  readonly code: string | null;
  /** Each asset as text. */
  readonly assets: readonly string[];
  /** Number of diagnostics. */
  readonly diagnostics: number;
  /** Everything that a user may see of the error or of the diagnostics. */
  readonly shown: string;
  readonly wallMs: number;
  /** Highest memory of the process so far, in MiB. */
  readonly peakMiB: number;
}

// Also in the middle of a load that does not end.
process.on("disconnect", () => process.exit());
process.on("message", ({ stateDir, options }: LoadRequest) => {
  const startedMs = performance.now();
  void load(stateDir, options).then((result) => {
    const peakMiB = Math.round(peakKiB() / 1_024);
    process.send?.({ ...result, wallMs: Math.round(performance.now() - startedMs), peakMiB });
  });
});

/** The peak of `resourceUsage()` includes that of the parent at the time of the fork. */
function peakKiB(): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

async function load(
  stateDir: string,
  options: LoadRequest["options"],
): Promise<Omit<LoadReply, "wallMs" | "peakMiB">> {
  const sigma = new SigmaOrganization(options);
  try {
    const specs = await loadSigmaAssetSpecs(sigma, { stateDir });
    const diagnostics = sigma.loadReports.flatMap((report) => report.diagnostics);
    // A short prefix identifies an asset; some names here are long.
    const assets = specs.map(({ key, deps }) => `${key.toString().slice(0, 100)} ${deps.length}`);
    return {
      code: null,
      assets,
      diagnostics: diagnostics.length,
      shown: JSON.stringify(diagnostics).slice(0, 1e6),
    };
  } catch (thrown) {
    const code = (thrown as { readonly code?: unknown }).code;
    const { hint = null } = thrown as { readonly hint?: string | null };
    const shown = `${inspect(thrown, { depth: 10, showHidden: true, maxStringLength: 1e5 })} ${hint}`;
    return { code: typeof code === "string" ? code : "UNEXPECTED", assets: [], diagnostics: 0, shown };
  }
}
