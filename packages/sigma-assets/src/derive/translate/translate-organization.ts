import { type AssetKey, AssetSpec, type TableMatch } from "@dagster-sigma/asset-graph";
import { DagsterSigmaError, type Diagnostic, errorText } from "@dagster-sigma/foundation";
import { StateError, TranslatorError } from "../../errors.ts";
import type { LineageAnswers } from "../lineage/lineage-answers.ts";
import { describeObject } from "../objects/describe-object.ts";
import {
  assetObjects,
  type OrganizationObjects,
  type SigmaAssetObject,
} from "../objects/organization-objects.ts";
import { completePresentation } from "./complete-presentation.ts";
import type { AssetSpecTransform, DagsterSigmaTranslator } from "./dagster-sigma-translator.ts";
import { assignDefaultKeys } from "./default-keys.ts";
import { buildDefaultPresentation } from "./default-presentation.ts";
import { buildDefaultSpec } from "./default-spec.ts";
import { matchDiagnostics } from "./match-diagnostics.ts";
import { buildSigmaObject } from "./sigma-object.ts";
import { assignTableDeps } from "./table-keys.ts";
import { SigmaOrganizationData, type TranslationOptions, translatorData } from "./translator-data.ts";

export interface TranslatedOrganization {
  /** In the order workbooks, data models, datasets; each with a label of its origin. */
  readonly specs: readonly AssetSpec[];
  readonly diagnostics: readonly Diagnostic[];
  /** Match result of each table; empty without matchers. */
  readonly matches: readonly TableMatch[];
}

/**
 * Translates each object into a spec. Pure: the same objects give the same specs, independent of the listing order.
 * Every spec has its object as origin, and a complete presentation, whatever the translator returns.
 *
 * @param organizationId null if unknown
 * @throws TranslatorError naming the object for which the user's translator failed; StateError if the translator reads
 *   lineage rows of an unreadable state
 */
export function translateOrganization(
  objects: OrganizationObjects,
  lineage: LineageAnswers,
  translator: DagsterSigmaTranslator | AssetSpecTransform,
  options: TranslationOptions,
  organizationId: string | null = null,
): TranslatedOrganization {
  const diagnostics: Diagnostic[] = [];
  const defaultKeys = assignDefaultKeys(objects, options.keys, diagnostics);
  const taken = new Set([...defaultKeys.values()].map(String));
  const { deps: tableDeps, matches } = assignTableDeps(objects.tables, taken, options.upstream);
  diagnostics.push(...(options.upstream.length === 0 ? [] : matchDiagnostics(matches)));
  const organizationWith = (keys: ReadonlyMap<string, AssetKey>): SigmaOrganizationData =>
    new SigmaOrganizationData(objects, { defaultKeys, keys, tableDeps, lineage, options });

  const translateAll = (organization: SigmaOrganizationData): readonly AssetSpec[] =>
    assetObjects(objects).map((object) => translate(translator, object, organization, organizationId));
  const first = translateAll(organizationWith(defaultKeys));
  const keys = new Map(
    assetObjects(objects).map((object, index) => [object.id, first[index]?.key as AssetKey]),
  );
  const isUnchanged = [...keys].every(([id, key]) => defaultKeys.get(id)?.equals(key) === true);
  const specs = isUnchanged ? first : translateAll(organizationWith(keys));
  return { specs, diagnostics, matches: options.upstream.length === 0 ? [] : matches };
}

function translate(
  translator: DagsterSigmaTranslator | AssetSpecTransform,
  object: SigmaAssetObject,
  organization: SigmaOrganizationData,
  organizationId: string | null,
): AssetSpec {
  const data = translatorData(object, organization);
  const { type, name, url } = describeObject(object);
  const label = `the Sigma ${type} "${name}"${url === null ? "" : ` (${url})`}`;
  try {
    const spec: unknown =
      typeof translator === "function"
        ? translator(buildDefaultSpec(data), data)
        : translator.getAssetSpec(data);
    if (spec instanceof AssetSpec)
      return completePresentation(spec, buildDefaultPresentation(data)).withOrigin({
        label: spec.origin?.label ?? label,
        load: null,
        object: buildSigmaObject(object, organizationId),
      });
    throw new TranslatorError(label, "it returned something that is not an AssetSpec.");
  } catch (thrown) {
    // An unreadable state is not an error of the translator.
    if (thrown instanceof TranslatorError || thrown instanceof StateError) throw thrown;
    const hint = DagsterSigmaError.isInstance(thrown) && thrown.hint !== null ? ` ${thrown.hint}` : "";
    throw new TranslatorError(label, `${errorText(thrown)}${hint}`, thrown);
  }
}
