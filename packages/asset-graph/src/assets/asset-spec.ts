import type { AutomationCondition } from "../automation/automation-condition.ts";
import { checkConfigSchema } from "../execution/config-schema.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
import { kindTagPrefix } from "../metadata/metadata-labels.ts";
import { type Metadata, normalizeMetadata, type RawMetadata } from "../metadata/normalize-metadata.ts";
import type { AssetPresentation } from "../presentation/asset-presentation.ts";
import { checkPresentation } from "../presentation/check-presentation.ts";
import { type AssetDep, type CoercibleToAssetDep, mergeDeps } from "./asset-dep.ts";
import type { AssetExecution } from "./asset-execution.ts";
import { checkAttributes } from "./asset-spec-rules.ts";
import type { FreshnessPolicy } from "./freshness-policy.ts";
import type { AssetOrigin } from "./load-report.ts";

/**
 * Constructor options of {@link AssetSpec}. Everything except the key is optional; null is equivalent to omitting it.
 */
export interface AssetSpecAttributes {
  /** Identity of the asset; a string is one segment, an array is one segment per element. */
  readonly key: CoercibleToAssetKey;
  /** The assets that this one is computed from. */
  readonly deps?: Iterable<CoercibleToAssetDep> | null;
  /** Shown in Dagster's web UI; may be Markdown. Default: none. */
  readonly description?: string | null;
  /** Email addresses, or `team:` and a name. */
  readonly owners?: readonly string[] | null;
  /** Labels for filtering: up to 63 letters, digits, `_`, `-`, `.` in each key and value. */
  readonly tags?: Readonly<Record<string, string>> | null;
  /** Technologies or forms of the asset, at most ten; Dagster shows a logo for kinds that it knows. */
  readonly kinds?: Iterable<string> | null;
  /** `marketing` or, from Dagster 1.13.9, `marketing/emea`. Default: Dagster's group `default`. */
  readonly groupName?: string | null;
  /** Version of the code that computes the asset; Dagster compares it to find outdated assets. Default: none. */
  readonly codeVersion?: string | null;
  /** How old the last materialization may become before Dagster warns. Default: none. */
  readonly freshnessPolicy?: FreshnessPolicy | null;
  /**
   * When Dagster's daemon materializes the asset. Dagster evaluates the condition only if it can materialize the asset;
   * the condition of an external asset is only shown. Default: never.
   */
  readonly automationCondition?: AutomationCondition | null;
  /**
   * Whether the asset is a view: its data is that of its upstream assets, without a materialization of its own.
   * Conditions with `resolveThroughVirtual` and Dagster's staleness look through it. Default: false. Dagster 1.13 or
   * newer.
   */
  readonly isVirtual?: boolean | null;
  /**
   * Whether a run may end without materializing the asset; assets downstream of it are then skipped. Dagster's
   * asset page does not show it. Default: false.
   */
  readonly skippable?: boolean | null;
  /** Metadata by label; plain values get a Dagster type, see {@link RawMetadataValue}. Default: none. */
  readonly metadata?: RawMetadata | null;
  /** The code that materializes the asset; never serialized. Default: none, the asset is external. */
  readonly execution?: AssetExecution | null;
  /** How the asset is shown to people, for example its display name and its folder; never serialized. */
  readonly presentation?: AssetPresentation | null;
  /** Where the spec comes from; never serialized. */
  readonly origin?: AssetOrigin | null;
}

/** The attributes that {@link AssetSpec.mergeAttributes} extends. */
export type MergeableAttributes = Pick<
  AssetSpecAttributes,
  "deps" | "metadata" | "owners" | "tags" | "kinds"
>;

/** Describes an asset: its key, its dependencies, its metadata, and the code that materializes it, if any. Immutable. */
export class AssetSpec {
  readonly key: AssetKey;
  readonly deps: readonly AssetDep[];
  readonly description: string | null;
  readonly owners: readonly string[];
  /** Without kinds, which Dagster stores among the tags on the wire. */
  readonly tags: Readonly<Record<string, string>>;
  /** Sorted, without duplicates. */
  readonly kinds: readonly string[];
  readonly groupName: string | null;
  readonly codeVersion: string | null;
  readonly freshnessPolicy: FreshnessPolicy | null;
  readonly automationCondition: AutomationCondition | null;
  readonly isVirtual: boolean;
  readonly skippable: boolean;
  readonly metadata: Metadata;
  readonly execution: AssetExecution | null;
  readonly presentation: AssetPresentation | null;
  readonly origin: AssetOrigin | null;

  /**
   * @throws InvalidAssetKeyError, InvalidAssetSpecError, InvalidMetadataError for values that Dagster would reject
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
    this.automationCondition = attributes.automationCondition ?? null;
    this.isVirtual = attributes.isVirtual ?? false;
    this.skippable = attributes.skippable ?? false;
    this.metadata = normalizeMetadata(attributes.metadata ?? {});
    this.execution = attributes.execution ?? null;
    this.presentation = attributes.presentation ?? null;
    this.origin = attributes.origin ?? null;
    checkAttributes(this.key, this);
    if (this.execution?.configSchema != null)
      checkConfigSchema(`the asset "${this.key.toUserString()}"`, this.execution.configSchema);
    checkPresentation(this.key, this.presentation);
  }

  /** Returns a copy with the given attributes replaced; `null` clears an attribute. */
  replaceAttributes(attributes: Partial<AssetSpecAttributes>): AssetSpec {
    return new AssetSpec({ ...this, ...attributes });
  }

  /** Short for {@link replaceAttributes}: the name of the copy method on every record in this project. */
  with(attributes: Partial<AssetSpecAttributes>): AssetSpec {
    return this.replaceAttributes(attributes);
  }

  /** Returns a copy with this origin. Cheap, because nothing else is validated again. */
  withOrigin(origin: AssetOrigin): AssetSpec {
    return Object.assign(Object.create(Object.getPrototypeOf(this)) as AssetSpec, this, { origin });
  }

  /** Returns a copy with this execution. Cheap, because nothing else is validated again. */
  withExecution(execution: AssetExecution | null): AssetSpec {
    return Object.assign(Object.create(Object.getPrototypeOf(this)) as AssetSpec, this, { execution });
  }

  /**
   * Returns a copy extended by the given attributes; given metadata and tags override existing ones with the same
   * key.
   */
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

/** Dagster accepts kinds among the tags; here they are kept separate. */
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

/** Applies a function to each spec, like Dagster's `map_asset_specs`. */
export function mapAssetSpecs(
  change: (spec: AssetSpec) => AssetSpec,
  specs: Iterable<AssetSpec>,
): readonly AssetSpec[] {
  return Array.from(specs, change);
}
