import {
  type Organization,
  type Sandbox,
  startSandbox,
  type VariantRule,
} from "@dagster-sigma/sigma-sandbox";
import type { ConformanceCase } from "./cases.ts";
import { type Comparison, compareAssets } from "./compare-assets.ts";
import { loadOurs, type ReferenceLoader } from "./load-case.ts";

/** Loads an organization with both sides; returns an error message if the reference cannot load it. */
export async function compareCase(
  { organization, options }: ConformanceCase,
  reference: ReferenceLoader,
): Promise<Comparison | string> {
  const ours = await withSandbox(organization, (sandbox) => loadOurs(sandbox, options));
  const outcome = await withSandbox(organization, (sandbox) => reference.load(sandbox, options));
  if ("error" in outcome) return outcome.error;
  return compareAssets(organization, options, ours, outcome.assets);
}

/** Each side has its own server: Sigma issues one token a second, and the reference does not survive a rejection. */
export async function withSandbox<Result>(
  organization: Organization,
  use: (sandbox: Sandbox) => Promise<Result>,
  variants: readonly VariantRule[] = [],
): Promise<Result> {
  const sandbox = await startSandbox({ organization, variants });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
