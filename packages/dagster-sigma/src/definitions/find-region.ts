import { EnvVar, resolveEnvVar } from "@dagster-sigma/asset-graph";
import { SigmaAuthenticationError, SigmaBaseUrl, SigmaClient } from "@dagster-sigma/sigma-client";
import { loadDotEnv } from "../environment/dot-env.ts";
import { CommandError } from "../errors.ts";

/** The base URL to which credentials belong. */
export interface FoundRegion {
  readonly baseUrl: string;
  /** Name in `SigmaBaseUrl`; null for another base URL. */
  readonly region: string | null;
}

/**
 * Signs in at each base URL with the credentials in the environment; credentials are accepted only where they were made.
 *
 * @param urls base URLs to try; null for Sigma's regions
 * @throws CommandError `REGION_NOT_FOUND`; AssetGraphError `ENV_VAR_MISSING`
 */
export async function findRegion(urls: readonly string[] | null): Promise<FoundRegion> {
  loadDotEnv(process.cwd());
  const credentials = {
    clientId: resolveEnvVar(EnvVar("SIGMA_CLIENT_ID")),
    clientSecret: resolveEnvVar(EnvVar("SIGMA_CLIENT_SECRET")),
  };
  const candidates: readonly FoundRegion[] =
    urls === null
      ? Object.entries(SigmaBaseUrl).map(([region, baseUrl]) => ({ region, baseUrl }))
      : urls.map((baseUrl) => ({ region: null, baseUrl }));
  const tried = await Promise.all(candidates.map((candidate) => trySignIn(candidate, credentials)));
  const found = tried.find(({ outcome }) => outcome === "accepted");
  if (found !== undefined) return found.candidate;
  const unreachable = tried.filter(({ outcome }) => outcome === "unreachable").length;
  const refused = tried.length - unreachable;
  throw new CommandError(
    "REGION_NOT_FOUND",
    `None of ${tried.length} base URLs accepts the credentials (${refused} refused them, ${unreachable} could not be reached).`,
    unreachable === tried.length
      ? "Check the network, and HTTPS_PROXY if you need a proxy."
      : "Check SIGMA_CLIENT_ID and SIGMA_CLIENT_SECRET: an admin makes them in Sigma under Administration › Developer access.",
  );
}

interface Tried {
  readonly candidate: FoundRegion;
  readonly outcome: "accepted" | "refused" | "unreachable";
}

async function trySignIn(
  candidate: FoundRegion,
  credentials: { readonly clientId: string; readonly clientSecret: string },
): Promise<Tried> {
  const client = new SigmaClient({
    ...credentials,
    baseUrl: candidate.baseUrl,
    callTimeoutMs: 15_000,
    retryLimits: { maxTries: 2 },
  });
  try {
    await client.whoami();
    return { candidate, outcome: "accepted" };
  } catch (thrown) {
    return { candidate, outcome: thrown instanceof SigmaAuthenticationError ? "refused" : "unreachable" };
  } finally {
    await client.close();
  }
}
