import { AssetGraph } from "./asset-graph.ts";
import { AssetSpec } from "./asset-spec.ts";
import { AssetGraphError } from "./errors.ts";
import { isLoadReporting, type LoadReport } from "./load-report.ts";

export type Resources = Readonly<Record<string, unknown>>;

export interface DefinitionsOptions {
  readonly assets?: Iterable<AssetSpec>;
  /** Things that the assets are loaded or refreshed with, by name. */
  readonly resources?: Resources;
}

/** Everything that one code location or definitions file defines. Checked when made. */
export class Definitions {
  readonly assets: readonly AssetSpec[];
  readonly resources: Resources;
  /** The assets and the stubs of what they depend on. */
  readonly assetGraph: AssetGraph;

  /**
   * @throws AssetGraphError `INVALID_DEFINITIONS`, `DUPLICATE_ASSET_KEY` or `DEPENDENCY_CYCLE`.
   */
  constructor(options: DefinitionsOptions = {}) {
    this.assets = checkAssets(options.assets ?? []);
    this.resources = options.resources ?? {};
    this.assetGraph = AssetGraph.build(this.assets);
  }

  /**
   * The union of several definitions.
   *
   * @throws AssetGraphError as the constructor, and `RESOURCE_CONFLICT` when one name stands for two resources.
   */
  static merge(...parts: readonly Definitions[]): Definitions {
    const resources: Record<string, unknown> = {};
    for (const [name, resource] of parts.flatMap((part) => Object.entries(part.resources))) {
      if (name in resources && resources[name] !== resource) {
        throw new AssetGraphError(
          "RESOURCE_CONFLICT",
          `Two of the merged definitions have different resources under the name "${name}".`,
          "Give them different names, or use the same object in both.",
        );
      }
      resources[name] = resource;
    }
    return new Definitions({ assets: parts.flatMap((part) => part.assets), resources });
  }

  /** The loads that the assets came from, each once; also those that gave no asset, through their resource. */
  get loadReports(): readonly LoadReport[] {
    const fromAssets = this.assets.flatMap(({ origin }) => origin?.load ?? []);
    const fromResources = Object.values(this.resources)
      .filter(isLoadReporting)
      .flatMap((resource) => resource.loadReports);
    return [...new Set([...fromAssets, ...fromResources])];
  }
}

function checkAssets(assets: Iterable<AssetSpec>): readonly AssetSpec[] {
  const notSpecs = (what: string, hint?: string): AssetGraphError =>
    new AssetGraphError(
      "INVALID_DEFINITIONS",
      `Definitions got ${what} where it needs a list of asset specs.`,
      hint,
    );
  if (assets instanceof Promise) {
    throw notSpecs("a promise", "Write `await` before the call that loads the assets.");
  }
  if (typeof assets !== "object" || !(Symbol.iterator in assets)) throw notSpecs("something that is no list");
  return Array.from(assets, (asset, index) => {
    if (asset instanceof AssetSpec) return asset;
    throw notSpecs(
      `a list whose item ${index} is no AssetSpec`,
      Array.isArray(asset)
        ? "Spread a list of specs with `...`."
        : "Make it with `new AssetSpec({ key: … })`.",
    );
  });
}
