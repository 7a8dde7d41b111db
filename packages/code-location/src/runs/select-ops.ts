import { CodeLocationError } from "../errors.ts";
import { checkId, keyId, type RunnableOp } from "../records/runnable-op.ts";

/** A selection of assets and checks, as the host sends it. Null for "not given". */
export interface RunSelection {
  readonly assets: readonly (readonly string[])[] | null;
  readonly checks: readonly { readonly asset: readonly string[]; readonly name: string }[] | null;
}

/**
 * The ops of the selected assets and checks.
 *
 * @throws CodeLocationError `RUN_NOT_POSSIBLE` for a check that the code of its asset returns without the asset, and if nothing
 * is selected
 */
export function selectOps(
  ops: readonly RunnableOp[],
  { assets: keys, checks }: RunSelection,
): readonly RunnableOp[] {
  if (keys === null && checks === null) return ops;
  const wanted = new Set((keys ?? []).map(keyId));
  // Without a list of checks, all checks of the selected assets are executed.
  const isChosen = chosenChecks(wanted, checks);
  const selected = ops.flatMap((op): readonly RunnableOp[] => {
    const chosen = op.checks.filter((name) => isChosen(op.key, name));
    if (op.type === "check") return chosen.length > 0 ? [op] : [];
    return wanted.has(keyId(op.key)) ? [{ ...op, checks: chosen }] : [];
  });
  refuseWithoutAsset(ops, wanted, checks ?? []);
  if (selected.length === 0)
    throw new CodeLocationError(
      "RUN_NOT_POSSIBLE",
      "None of the selected assets and checks can be run here.",
    );
  return selected;
}

function chosenChecks(
  assets: ReadonlySet<string>,
  checks: RunSelection["checks"],
): (key: readonly string[], name: string) => boolean {
  if (checks === null) return (key) => assets.has(keyId(key));
  const chosen = new Set(checks.map(({ asset, name }) => checkId(asset, name)));
  return (key, name) => chosen.has(checkId(key, name));
}

function refuseWithoutAsset(
  ops: readonly RunnableOp[],
  assets: ReadonlySet<string>,
  checks: NonNullable<RunSelection["checks"]>,
): void {
  const isOwn = new Set(
    ops.filter(({ type }) => type === "check").map(({ key, checks: [name] }) => checkId(key, String(name))),
  );
  for (const { asset, name } of checks)
    if (!assets.has(keyId(asset)) && !isOwn.has(checkId(asset, name)))
      throw new CodeLocationError(
        "RUN_NOT_POSSIBLE",
        `The check "${name}" of ${asset.join("/")} is executed only together with its asset.`,
      );
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
