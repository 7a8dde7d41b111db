import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { buildDefaultSpec } from "./default-spec.ts";
import type { SigmaTranslatorData } from "./translator-data.ts";

/**
 * Turns objects of Sigma into asset specs. Subclass it to change them:
 *
 *     class MyTranslator extends DagsterSigmaTranslator {
 *       override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
 *         const spec = super.getAssetSpec(data); // the default first, then customise
 *         return spec.replaceAttributes({ owners: ["team:bi"] });
 *       }
 *     }
 *
 * It must be pure: it is called twice for each object, the first time to learn the keys. A key changed here changes in
 * everything that depends on the object.
 */
export class DagsterSigmaTranslator {
  getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    return buildDefaultSpec(data);
  }
}

/** What may stand in a translator's place: changes the default spec. */
export type AssetSpecTransform = (spec: AssetSpec, data: SigmaTranslatorData) => AssetSpec;
