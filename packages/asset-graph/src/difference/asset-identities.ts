import type { AssetSpec } from "../assets/asset-spec.ts";

/**
 * Identifies assets across two loads by the object that they represent. The organization is considered only if a list
 * contains several objects with the same type and id, because two loads of one organization may use different base
 * URLs.
 */
export class AssetIdentities {
  readonly #shared: Set<string> = new Set();

  constructor(lists: readonly (readonly AssetSpec[])[]) {
    for (const specs of lists) {
      const seen = new Set<string>();
      for (const identity of specs.map(identityOf)) {
        if (seen.has(identity)) this.#shared.add(identity);
        seen.add(identity);
      }
    }
  }

  /** Assets by their identity. */
  index(specs: readonly AssetSpec[]): ReadonlyMap<string, AssetSpec> {
    return new Map(
      specs.map((spec) => {
        const identity = identityOf(spec);
        const organization = spec.origin?.object?.organization ?? "";
        return [this.#shared.has(identity) ? `${identity} in ${organization}` : identity, spec];
      }),
    );
  }
}

function identityOf({ key, origin }: AssetSpec): string {
  const object = origin?.object ?? null;
  return object === null ? key.toString() : JSON.stringify([object.tool, object.type, object.id]);
}
