import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import { kindTagPrefix } from "../metadata/metadata-labels.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { AssetPresentation } from "../presentation/asset-presentation.ts";
import { checkPresentation } from "../presentation/check-presentation.ts";
import { type AssetDep, type CoercibleToAssetDep, mergeDeps } from "./asset-dep.ts";
import { checkAttributes } from "./asset-spec-rules.ts";
import type { FreshnessPolicy } from "./freshness-policy.ts";
import type { AssetOrigin } from "./load-report.ts";

/** What an asset spec is made from. Everything but the key may be left out; null is the same as left out. */
export interface AssetSpecAttributes {
  readonly key: CoercibleToAssetKey;
  /** The assets this one is computed from. */
  readonly deps?: Iterable<CoercibleToAssetDep> | null;
  readonly description?: string | null;
  /** E-mail addresses, or `team:` and a name. */
  readonly owners?: readonly string[] | null;
  /** Labels for filtering: up to 63 letters, digits, `_`, `-`, `.` in key and value. */
  readonly tags?: Readonly<Record<string, string>> | null;
  /** What the asset is made of, at most ten; Dagster shows a logo for those it knows. */
  readonly kinds?: Iterable<string> | null;
  /** `marketing` or, from Dagster 1.13.9, `marketing/emea`; Dagster's `default` when left out. */
  readonly groupName?: string | null;
  readonly codeVersion?: string | null;
  /** How often there should be news; none when left out. */
  readonly freshnessPolicy?: FreshnessPolicy | null;
  readonly metadata?: RawMetadata | null;
  /** How people see the asset, for example its display name and its folder; never serialised. */
  readonly presentation?: AssetPresentation | null;
  /** Where the spec comes from; never serialised. */
  readonly origin?: AssetOrigin | null;
}

/** The attributes that {@link AssetSpec.mergeAttributes} adds to. */
export type MergeableAttributes = Pick<
  AssetSpecAttributes,
  "deps" | "metadata" | "owners" | "tags" | "kinds"
>;

/** An asset without the code that makes it: its key, what it depends on, and what is known about it. Immutable. */
export class AssetSpec {
  readonly key: AssetKey;
  readonly deps: readonly AssetDep[];
  readonly description: string | null;
  readonly owners: readonly string[];
  /** Without the kinds, which Dagster's wire keeps among the tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted, without repetition. */
  readonly kinds: readonly string[];
  readonly groupName: string | null;
  readonly codeVersion: string | null;
  readonly freshnessPolicy: FreshnessPolicy | null;
  readonly metadata: Metadata;
  readonly presentation: AssetPresentation | null;
  readonly origin: AssetOrigin | null;

  /**
   * @throws InvalidAssetKeyError, InvalidAssetSpecError, InvalidMetadataError for what Dagster would refuse.
   */
  constructor(attributes: AssetSpecAttributes) {
    const { tags, kinds } = splitKindTags(attributes.tags ?? {}, attributes.kinds ?? []);
    this.key = AssetKey.from(attributes.key);
    this.deps = mergeDeps(this.key, attributes.deps ?? []);
    this.description = attributes.description ?? null;
    this.owners = [...new Set(attributes.owners ?? [])];
    this.tags = tags;
    this.kinds = kinds;
    this.groupName = attributes.groupName ?? null;
    this.codeVersion = attributes.codeVersion ?? null;
    this.freshnessPolicy = attributes.freshnessPolicy ?? null;
    this.metadata = normalizeMetadata(attributes.metadata ?? {});
    this.presentation = attributes.presentation ?? null;
    this.origin = attributes.origin ?? null;
    checkAttributes(this.key, this);
    checkPresentation(this.key, this.presentation);
  }

  /** A copy in which the given attributes stand in place of the present ones; `null` clears one. */
  replaceAttributes(attributes: Partial<AssetSpecAttributes>): AssetSpec {
    return new AssetSpec({ ...this, ...attributes });
  }

  /** Short for {@link replaceAttributes}: the name that copies have on every record of this project. */
  with(attributes: Partial<AssetSpecAttributes>): AssetSpec {
    return this.replaceAttributes(attributes);
  }

  /** A copy that names where it comes from; cheap, because nothing else of it is looked at again. */
  withOrigin(origin: AssetOrigin): AssetSpec {
    return Object.assign(Object.create(Object.getPrototypeOf(this)) as AssetSpec, this, { origin });
  }

  /** A copy to which the given attributes are added; of metadata and tags with one key the given ones win. */
  mergeAttributes(attributes: MergeableAttributes): AssetSpec {
    return new AssetSpec({
      ...this,
      deps: [...this.deps, ...(attributes.deps ?? [])],
      metadata: { ...this.metadata, ...attributes.metadata },
      owners: [...this.owners, ...(attributes.owners ?? [])],
      tags: { ...this.tags, ...attributes.tags },
      kinds: [...this.kinds, ...(attributes.kinds ?? [])],
    });
  }
}

/** Dagster accepts kinds among the tags; here each stands in one place only. */
function splitKindTags(
  tags: Readonly<Record<string, string>>,
  kinds: Iterable<string>,
): Pick<AssetSpec, "tags" | "kinds"> {
  const isKindTag = (tag: string): boolean => tag.startsWith(kindTagPrefix);
  const kindsAmongTags = Object.keys(tags)
    .filter(isKindTag)
    .map((tag) => tag.slice(kindTagPrefix.length));
  return {
    tags: Object.fromEntries(Object.entries(tags).filter(([tag]) => !isKindTag(tag))),
    kinds: [...new Set([...kinds, ...kindsAmongTags])].sort(),
  };
}

/** Applies a function to each spec, as Dagster's `map_asset_specs` does. */
export function mapAssetSpecs(
  change: (spec: AssetSpec) => AssetSpec,
  specs: Iterable<AssetSpec>,
): readonly AssetSpec[] {
  return Array.from(specs, change);
}
