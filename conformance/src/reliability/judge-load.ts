import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { type Organization, startSandbox } from "@dagster-sigma/sigma-sandbox";
import type { FaultCase } from "./fault-cases.ts";

/** The properties of an asset that are compared between loads. */
interface LoadedAsset {
  readonly key: string;
  /** Sigma's id of the object. */
  readonly id: string;
  readonly deps: readonly string[];
  readonly text: string;
}

/** A successful load. */
export interface Loaded {
  readonly assets: readonly LoadedAsset[];
  /** Ids of the objects in diagnostics; null for diagnostics about the organization. */
  readonly named: ReadonlySet<string | null>;
  readonly requests: number;
  readonly wallMs: number;
}

/** The result of a load under a fault. */
export interface JudgedLoad {
  readonly outcome: "same" | "less" | "refused";
  /** Code of the error with which it failed. */
  readonly code: string | null;
  /** Number of assets with missing details. */
  readonly thinner: number;
  /** Losses that no diagnostic reports, and unexpected additions; must be empty. */
  readonly problems: readonly string[];
  readonly requests: number;
  readonly wallMs: number;
}

/** Short delays, so that the measurement covers work instead of waiting. */
const retryLimits = { baseDelayMs: 2, maxDelayMs: 10, maxRetryAfterMs: 50 };
/** Sigma issues one token a second, so shorter delays are useless when tokens expire. */
const tokenRetryLimits = { baseDelayMs: 500 };

/**
 * Loads an organization under a fault, or without one.
 *
 * @throws the error with which the load fails
 */
export async function loadUnder(organization: Organization, fault: FaultCase | null): Promise<Loaded> {
  const sandbox = await startSandbox({ organization, ...fault?.sandbox });
  fault?.set(sandbox);
  const sigma = new SigmaOrganization({
    ...sandbox,
    firstByteTimeoutMs: 600,
    retryLimits: fault?.sandbox?.tokenUses === undefined ? retryLimits : tokenRetryLimits,
  });
  try {
    const specs = await loadSigmaAssetSpecs(sigma, { workbookColumns: true });
    const [report] = sigma.loadReports;
    return {
      assets: specs.map(({ origin: _origin, ...spec }) => ({
        key: spec.key.toString(),
        id: String(spec.metadata["dagster_sigma/id"]?.value),
        deps: spec.deps.map(({ assetKey }) => assetKey.toString()),
        text: JSON.stringify(spec),
      })),
      named: new Set((report?.diagnostics ?? []).map(({ object }) => object?.id ?? null)),
      requests: report?.requests ?? 0,
      wallMs: report?.wallMs ?? 0,
    };
  } finally {
    await sandbox.close();
  }
}

/** Loads under a fault and compares the result with a load without faults. */
export async function judgeLoad(
  organization: Organization,
  fault: FaultCase,
  whole: Loaded,
): Promise<JudgedLoad> {
  const startedMs = performance.now();
  try {
    const loaded = await loadUnder(organization, fault);
    const { thinner, problems } = compareLoads(whole, loaded);
    const { requests, wallMs } = loaded;
    return { outcome: thinner === 0 ? "same" : "less", code: null, thinner, problems, requests, wallMs };
  } catch (thrown) {
    const code = (thrown as { readonly code?: string }).code ?? null;
    const problems = code === null ? [`An error without a code: ${String(thrown)}`] : [];
    const wallMs = Math.round(performance.now() - startedMs);
    return { outcome: "refused", code, thinner: 0, problems, requests: 0, wallMs };
  }
}

/**
 * Every asset must exist. A changed asset must be named by a diagnostic, or depend on one that is, and may have lost
 * dependencies, but not gained any.
 */
function compareLoads(whole: Loaded, loaded: Loaded): Pick<JudgedLoad, "thinner" | "problems"> {
  const problems: string[] = [];
  const byKey = new Map(loaded.assets.map((asset) => [asset.key, asset]));
  const wholeByKey = new Map(whole.assets.map((asset) => [asset.key, asset]));
  for (const { key } of loaded.assets)
    if (!wholeByKey.has(key)) problems.push(`${key} was added unexpectedly`);
  const newlyNamed = new Set([...loaded.named].filter((id) => !whole.named.has(id)));
  const isTold = (asset: LoadedAsset, seen = new Set<string>()): boolean => {
    if (newlyNamed.has(null) || newlyNamed.has(asset.id) || loaded.named.has(asset.id)) return true;
    if (seen.has(asset.key)) return false;
    seen.add(asset.key);
    return asset.deps.some((key) => {
      const upstream = wholeByKey.get(key);
      return upstream === undefined ? newlyNamed.size > 0 : isTold(upstream, seen);
    });
  };
  let thinner = 0;
  for (const asset of whole.assets) {
    const now = byKey.get(asset.key);
    if (now === undefined) problems.push(`${asset.key} is missing`);
    else if (now.text !== asset.text) {
      thinner++;
      if (!isTold(asset)) problems.push(`${asset.key} changed, but no diagnostic reports it`);
      const gained = now.deps.filter((key) => !asset.deps.includes(key) && wholeByKey.has(key));
      if (gained.length > 0) problems.push(`${asset.key} gained ${gained.join(", ")}`);
    }
  }
  return { thinner, problems };
}
