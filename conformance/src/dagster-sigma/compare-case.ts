import { type Organization, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import type { ConformanceCase } from "./cases.ts";
import { type Comparison, compareAssets } from "./compare-assets.ts";
import { loadOurs, type ReferenceLoader } from "./load-case.ts";

/** Loads one organization with both sides; a text where the reference cannot load it. */
export async function compareCase(
  { organization, options }: ConformanceCase,
  reference: ReferenceLoader,
): Promise<Comparison | string> {
  const ours = await withSandbox(organization, (sandbox) => loadOurs(sandbox, options));
  const outcome = await withSandbox(organization, (sandbox) => reference.load(sandbox, options));
  if ("error" in outcome) return outcome.error;
  return compareAssets(organization, options, ours, outcome.assets);
}

/** Each side has a server of its own: Sigma gives out one token a second, and the reference dies of a refusal. */
export async function withSandbox<Result>(
  organization: Organization,
  use: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox({ organization });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
