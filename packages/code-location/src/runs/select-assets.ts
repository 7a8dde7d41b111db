import { CodeLocationError } from "../errors.ts";
import { keyId, type RunnableAsset } from "../records/runnable-asset.ts";

/** A selection of assets and checks, as the host sends it. Null for "not given". */
export interface RunSelection {
  readonly assets: readonly (readonly string[])[] | null;
  readonly checks: readonly { readonly asset: readonly string[]; readonly name: string }[] | null;
}

/**
 * The selected assets with their selected checks.
 *
 * @throws CodeLocationError `RUN_NOT_POSSIBLE` for a check without its asset, and if nothing is selected
 */
export function selectAssets(
  assets: readonly RunnableAsset[],
  { assets: keys, checks }: RunSelection,
): readonly RunnableAsset[] {
  if (keys === null && checks === null) return assets;
  const wanted = new Set((keys ?? []).map(keyId));
  for (const { asset, name } of checks ?? [])
    if (!wanted.has(keyId(asset)))
      throw new CodeLocationError(
        "RUN_NOT_POSSIBLE",
        `The check "${name}" of ${asset.join("/")} is executed only together with its asset.`,
      );
  const chosen = new Set((checks ?? []).map(({ asset, name }) => keyId([...asset, name])));
  const selected = assets
    .filter(({ key }) => wanted.has(keyId(key)))
    .map((asset) =>
      checks === null
        ? asset
        : { ...asset, checks: asset.checks.filter((name) => chosen.has(keyId([...asset.key, name]))) },
    );
  if (selected.length === 0)
    throw new CodeLocationError("RUN_NOT_POSSIBLE", "None of the selected assets can be materialized here.");
  return selected;
}

/** Parses the selection of a request of the host (dagster 1.13.27): a list of keys, or a frozen set of them. */
export function parseSelection(request: Readonly<Record<string, unknown>>): RunSelection {
  const keys = listIn(request["asset_selection"]);
  const checks = listIn(request["asset_check_selection"]);
  return {
    assets: keys?.map(pathOf) ?? null,
    checks:
      checks?.map((check) => ({
        asset: pathOf(field(check, "asset_key")),
        name: String(field(check, "name")),
      })) ?? null,
  };
}

function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const list = field(value, "__frozenset__") ?? field(value, "__set__");
  return Array.isArray(list) ? list : null;
}

function pathOf(key: unknown): readonly string[] {
  const path = field(key, "path");
  return Array.isArray(path) ? path.map(String) : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
