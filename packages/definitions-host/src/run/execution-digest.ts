import { createHash } from "node:crypto";
import type { AssetCheckSpec, AssetSpec } from "@dagster-sigma/asset-graph";

/**
 * Identifies the code of an executable asset or check: its key, the text of its function, its checks and its own settings. A run
 * that was planned with other code must not execute this one. Code that the function calls is not part of it.
 */
export function executionDigest(spec: AssetSpec | AssetCheckSpec): string {
  const settings = JSON.stringify(spec.execution, (_name, value: unknown) =>
    typeof value === "function" ? String(value) : value,
  );
  const identity = "assetKey" in spec ? `${spec.assetKey.toString()}:${spec.name}` : spec.key.toString();
  return createHash("sha256").update(`${identity}\n${settings}`).digest("hex").slice(0, 16);
}
