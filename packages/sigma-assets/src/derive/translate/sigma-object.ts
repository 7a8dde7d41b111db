import type { AssetSpec, OriginObject } from "@dagster-sigma/asset-graph";
import type { SigmaAssetObject } from "../objects/organization-objects.ts";

/** The object of Sigma that an asset represents. */
export interface SigmaObject extends OriginObject {
  readonly tool: "sigma";
  readonly type: SigmaAssetObject["type"];
}

/** @param organization id of the organization; null if unknown */
export function buildSigmaObject(object: SigmaAssetObject, organization: string | null): SigmaObject {
  const version = object.type === "dataset" ? null : (object.properties.latestVersion ?? null);
  return { tool: "sigma", type: object.type, id: object.id, organization, version };
}

/** The object of Sigma that an asset represents, independent of its kinds and metadata; null without one. */
export function sigmaObjectOf({ origin }: AssetSpec): SigmaObject | null {
  const object = origin?.object ?? null;
  return object?.tool === "sigma" ? (object as SigmaObject) : null;
}
