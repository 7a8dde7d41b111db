import { InvalidAssetSpecError } from "../errors.ts";
import type { AssetKey } from "../keys/asset-key.ts";
import type { AssetPresentation } from "./asset-presentation.ts";

/** @throws InvalidAssetSpecError for a kind without an id or a finite rank */
export function checkPresentation(key: AssetKey, presentation: AssetPresentation | null): void {
  const kind = presentation?.kind;
  if (kind == null || (kind.id !== "" && Number.isFinite(kind.rank))) return;
  throw new InvalidAssetSpecError(
    `The presentation of the asset "${key.toUserString()}" has a kind without ${kind.id === "" ? "an id" : "a rank"}.`,
    "A kind needs an id, a name, a plural and a finite number as its rank.",
  );
}
