import { InvalidAssetSpecError } from "../errors.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { AssetPresentation } from "../presentation/asset-presentation.ts";
import { mergeProvenances, type Provenance } from "../provenance/provenance.ts";

/** An asset spec, or anything else that has a key. */
interface Keyed {
  readonly key: AssetKey;
}

/** Anything from which a dependency can be created. */
export type CoercibleToAssetDep = AssetDep | Keyed | CoercibleToAssetKey;

/** A dependency on an upstream asset. Its metadata describes that asset, for example its table name. */
export class AssetDep {
  readonly assetKey: AssetKey;
  readonly metadata: Metadata;
  /** How the upstream asset is shown if nothing defines it; never serialized. */
  readonly presentation: AssetPresentation | null;
  /** Where the dependency comes from, most certain first; empty if it is written by hand. Never sent to Dagster. */
  readonly provenances: readonly Provenance[];

  constructor(
    asset: Keyed | CoercibleToAssetKey,
    options: {
      readonly metadata?: RawMetadata;
      readonly presentation?: AssetPresentation | null;
      readonly provenances?: Iterable<Provenance>;
    } = {},
  ) {
    this.assetKey = isKeyed(asset) ? asset.key : AssetKey.from(asset);
    this.metadata = normalizeMetadata(options.metadata ?? {});
    this.presentation = options.presentation ?? null;
    this.provenances = options.provenances === undefined ? [] : mergeProvenances(options.provenances);
  }

  /** Returns a copy with these provenances. Cheap, because nothing else is validated again. */
  withProvenances(provenances: readonly Provenance[]): AssetDep {
    return Object.assign(Object.create(Object.getPrototypeOf(this)) as AssetDep, this, { provenances });
  }

  static from(dep: CoercibleToAssetDep): AssetDep {
    return dep instanceof AssetDep ? dep : new AssetDep(dep);
  }
}

function isKeyed(asset: Keyed | CoercibleToAssetKey): asset is Keyed {
  return typeof asset === "object" && "key" in asset;
}

/**
 * Merges dependencies into one per key, in order of first appearance. Of two with the same key, the one with metadata
 * is kept. It gets the provenances of both.
 *
 * @throws InvalidAssetSpecError if both have metadata and it differs
 */
export function mergeDeps(key: AssetKey, deps: Iterable<CoercibleToAssetDep>): readonly AssetDep[] {
  const byKey = new Map<string, AssetDep>();
  for (const coercible of deps) {
    const dep = AssetDep.from(coercible);
    const id = dep.assetKey.toString();
    const known = byKey.get(id);
    if (known === undefined || isEmpty(known.metadata)) {
      byKey.set(id, known === undefined ? dep : withProvenancesOf(dep, known));
    } else if (!isEmpty(dep.metadata) && JSON.stringify(dep.metadata) !== JSON.stringify(known.metadata)) {
      throw new InvalidAssetSpecError(
        `The asset "${key.toUserString()}" depends on "${dep.assetKey.toUserString()}" twice, with different metadata.`,
        "Keep one of the two dependencies.",
      );
    } else {
      byKey.set(id, withProvenancesOf(known, dep));
    }
  }
  return [...byKey.values()];
}

function withProvenancesOf(dep: AssetDep, other: AssetDep): AssetDep {
  if (other.provenances.length === 0) return dep;
  return dep.withProvenances(mergeProvenances([...dep.provenances, ...other.provenances]));
}

function isEmpty(metadata: Metadata): boolean {
  return Object.keys(metadata).length === 0;
}
