import type { AssetSpec } from "@dagster-sigma/asset-graph";
import type { SigmaTranslatorData } from "@dagster-sigma/sigma-assets";
import type { TranslationModel } from "../component-schema.ts";
import { dataMembers, dataScope } from "../scope/data-scope.ts";
import { specMembers, specScope } from "../scope/spec-scope.ts";
import { translatorHint } from "../template/compiled-value.ts";
import type { Scope } from "../template/evaluate.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";
import { compileAttributes, type SpecChange } from "./compile-attributes.ts";

/**
 * Compiles `translation`: attributes of all assets, then those of the kind of document, which see the spec as the first ones left it.
 *
 * @throws ComponentError
 */
export function compileTranslation(
  document: YamlDocument,
  path: YamlPath,
  model: TranslationModel | string,
  fileScope: Scope,
): (spec: AssetSpec, data: SigmaTranslatorData) => AssetSpec {
  if (typeof model === "string")
    throw document.error(path, {
      code: "COMPONENT_NOT_SUPPORTED",
      message: "A translation that is a template calls a function of Python.",
      hint: translatorHint,
    });
  const { for_workbook, for_dataset, for_data_model, ...common } = model;
  const options = {
    names: { file: fileScope, others: { data: dataMembers, spec: specMembers } },
    merges: true,
  };
  const compile = (name: string | null, given: Readonly<Record<string, unknown>> | undefined): SpecChange =>
    given === undefined
      ? (spec) => spec
      : compileAttributes(document, name === null ? path : [...path, name], given, options);
  const ofAll = compile(null, common);
  const ofDataModel = compile("for_data_model", for_data_model);
  const ofKind: Readonly<Record<SigmaTranslatorData["type"], SpecChange>> = {
    workbook: compile("for_workbook", for_workbook),
    dataset: compile("for_dataset", for_dataset),
    dataModel: ofDataModel,
    dataModelElement: ofDataModel,
  };
  return (spec, data) => {
    const scopeOf = (seen: AssetSpec): Scope => ({
      ...fileScope,
      data: () => dataScope(data),
      spec: () => specScope("spec", seen),
    });
    const changed = ofAll(spec, scopeOf(spec));
    return ofKind[data.type](changed, scopeOf(changed));
  };
}
