import { createHash } from "node:crypto";
import type { AssetSpec } from "@dagster-sigma/asset-graph";

/**
 * Identifies the code of an executable asset: its key, the text of its function, its checks and its own settings. A run that was
 * planned with other code must not execute this one. Code that the function calls is not part of it.
 */
export function executionDigest({ key, execution }: AssetSpec): string {
  const settings = JSON.stringify(execution, (_name, value: unknown) =>
    typeof value === "function" ? String(value) : value,
  );
  return createHash("sha256").update(`${key.toString()}\n${settings}`).digest("hex").slice(0, 16);
}
