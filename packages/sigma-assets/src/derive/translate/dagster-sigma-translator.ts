import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { buildDefaultSpec } from "./default-spec.ts";
import type { SigmaTranslatorData } from "./translator-data.ts";

/**
 * Translates objects of Sigma into asset specs. Subclass it to customize the specs:
 *
 *     class MyTranslator extends DagsterSigmaTranslator {
 *       override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
 *         const spec = super.getAssetSpec(data); // the default spec first, then customize
 *         return spec.replaceAttributes({ owners: ["team:bi"] });
 *       }
 *     }
 *
 * It must be pure, because it is called twice per object if a key differs from the default: the first pass determines
 * the keys. If it changes a key, every dependency on that asset changes, too.
 */
export class DagsterSigmaTranslator {
  /** Returns the spec of an object. Call `super.getAssetSpec(data)` for the default spec. */
  getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    return buildDefaultSpec(data);
  }
}

/** A function that can be used instead of a translator: it receives the default spec and returns the final one. */
export type AssetSpecTransform = (spec: AssetSpec, data: SigmaTranslatorData) => AssetSpec;
