import type { AssetSpec } from "../assets/asset-spec.ts";

/** What identifies an asset across two loads: the object that it represents, or its key if it represents none. */
export interface AssetIdentity {
  readonly id: string;
  /** Organization of the object; null if it is unknown, or without an object. */
  readonly organization: string | null;
}

/** The identity of an asset. */
export function identityOf({ key, origin }: Pick<AssetSpec, "key" | "origin">): AssetIdentity {
  const object = origin?.object ?? null;
  if (object === null) return { id: key.toString(), organization: null };
  return { id: JSON.stringify([object.tool, object.type, object.id]), organization: object.organization };
}

/**
 * One text per asset, which is equal for equal identities. The organization is considered only if one of the lists contains
 * several objects with the same type and id, because two loads of one organization may use different base URLs.
 */
export function distinctIdentities(
  lists: readonly (readonly AssetIdentity[])[],
): readonly (readonly string[])[] {
  const shared = new Set<string>();
  for (const identities of lists) {
    const seen = new Set<string>();
    for (const { id } of identities) {
      if (seen.has(id)) shared.add(id);
      seen.add(id);
    }
  }
  return lists.map((identities) =>
    identities.map(({ id, organization }) => (shared.has(id) ? `${id} in ${organization ?? ""}` : id)),
  );
}
