import { groupBy } from "@dagster-sigma/foundation";
import type { AssetCheckSpec } from "../assets/asset-check-spec.ts";
import { AssetSpec } from "../assets/asset-spec.ts";
import { isLoadReporting, type LoadReport } from "../assets/load-report.ts";
import { AssetGraphError } from "../errors.ts";
import { AssetGraph } from "../graph/asset-graph.ts";
import type { DefinedAssets, Resources } from "./defined-assets.ts";
import type { SensorDefinition } from "./sensor-definition.ts";

/** Constructor options of {@link Definitions}; all are optional. */
export interface DefinitionsOptions {
  /** The assets of the code location. Default: none. */
  readonly assets?: Iterable<AssetSpec>;
  /** Resources with which the assets are loaded or refreshed, by name. */
  readonly resources?: Resources;
  /** Evaluated by Dagster's daemon when the definitions are served as a code location. */
  readonly sensors?: Iterable<SensorDefinition>;
  /** Declarations of the checks whose results sensors report. */
  readonly assetChecks?: Iterable<AssetCheckSpec>;
}

/** Everything that a code location or definitions file defines. Validated on construction. */
export class Definitions implements DefinedAssets {
  readonly assets: readonly AssetSpec[];
  readonly resources: Resources;
  readonly sensors: readonly SensorDefinition[];
  readonly assetChecks: readonly AssetCheckSpec[];
  /** The assets, and stubs for their undefined dependencies. */
  readonly assetGraph: AssetGraph;

  /** @throws AssetGraphError `INVALID_DEFINITIONS`, `DUPLICATE_ASSET_KEY` or `DEPENDENCY_CYCLE` */
  constructor(options: DefinitionsOptions = {}) {
    this.assets = checkAssets(options.assets ?? []);
    this.resources = options.resources ?? {};
    this.sensors = distinct(distinguish([...(options.sensors ?? [])]), "sensor", ({ name }) => name);
    this.assetChecks = distinct(
      [...(options.assetChecks ?? [])],
      "asset check",
      ({ name, assetKey }) => `${assetKey.toUserString()}:${name}`,
    );
    this.assetGraph = AssetGraph.build(this.assets);
  }

  /**
   * Merges several definitions.
   *
   * @throws AssetGraphError like the constructor, and `RESOURCE_CONFLICT` if a name refers to different resources
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
    return new Definitions({
      assets: parts.flatMap((part) => part.assets),
      resources,
      sensors: parts.flatMap((part) => part.sensors),
      assetChecks: parts.flatMap((part) => part.assetChecks),
    });
  }

  /** Reports of all loads, each once, including loads that returned no assets but whose resource is defined. */
  get loadReports(): readonly LoadReport[] {
    const fromAssets = this.assets.flatMap(({ origin }) => origin?.load ?? []);
    const fromResources = Object.values(this.resources)
      .filter(isLoadReporting)
      .flatMap((resource) => resource.loadReports);
    return [...new Set([...fromAssets, ...fromResources])];
  }
}

/** Sensors with the same name get their distinct names. */
function distinguish(sensors: readonly SensorDefinition[]): readonly SensorDefinition[] {
  const named = groupBy(sensors, ({ commonName }) => commonName);
  return sensors.map((sensor) =>
    (named.get(sensor.commonName)?.length ?? 0) > 1 ? sensor.distinguished() : sensor,
  );
}

/** @throws AssetGraphError `INVALID_DEFINITIONS` if two have the same name */
function distinct<Thing>(
  things: readonly Thing[],
  what: string,
  nameOf: (thing: Thing) => string,
): readonly Thing[] {
  const seen = new Set<string>();
  for (const name of things.map(nameOf)) {
    if (seen.has(name)) {
      const message = `Two ${what}s have the name "${name}".`;
      const hint = `Give one of them another name with its option \`name\`.`;
      throw new AssetGraphError("INVALID_DEFINITIONS", message, hint);
    }
    seen.add(name);
  }
  return things;
}

function checkAssets(assets: Iterable<AssetSpec>): readonly AssetSpec[] {
  const notSpecs = (what: string, hint?: string): AssetGraphError =>
    new AssetGraphError(
      "INVALID_DEFINITIONS",
      `Definitions received ${what} instead of a list of asset specs.`,
      hint,
    );
  if (assets instanceof Promise) {
    throw notSpecs("a promise", "Write `await` before the call that loads the assets.");
  }
  if (typeof assets !== "object" || !(Symbol.iterator in assets))
    throw notSpecs("a value that is not a list");
  return Array.from(assets, (asset, index) => {
    if (asset instanceof AssetSpec) return asset;
    throw notSpecs(
      `a list whose item ${index} is not an AssetSpec`,
      Array.isArray(asset)
        ? "Spread a list of specs with `...`."
        : "Create it with `new AssetSpec({ key: … })`.",
    );
  });
}
