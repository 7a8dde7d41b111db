import {
  AssetGraph,
  Definitions,
  evaluateSelection,
  mapAssetSpecs,
  parseSelection,
  type SelectionExpression,
  selectableGraph,
} from "@dagster-sigma/asset-graph";
import { errorText } from "@dagster-sigma/foundation";
import type { PostProcessorModel } from "../component-schema.ts";
import { specMembers, specScope } from "../scope/spec-scope.ts";
import { compileValue } from "../template/compiled-value.ts";
import type { Scope } from "../template/evaluate.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";
import { compileAttributes } from "./compile-attributes.ts";

/**
 * Compiles `post_processing.assets`: attributes of selected assets, one after the other.
 *
 * @throws ComponentError, also for a selection that cannot be read
 */
export function compilePostProcessors(
  document: YamlDocument,
  path: YamlPath,
  models: readonly PostProcessorModel[],
  fileScope: Scope,
): (definitions: Definitions) => Definitions {
  const steps = models.map(({ target = "*", operation, attributes }, at) => {
    const place: YamlPath = [...path, at];
    const names = { file: fileScope, others: { asset: specMembers } };
    const merges = operation !== "replace";
    return {
      selection: readTarget(document, [...place, "target"], target, fileScope),
      change: compileAttributes(document, [...place, "attributes"], attributes, { names, merges }),
    };
  });
  return (definitions) => {
    let { assets } = definitions;
    for (const { selection, change } of steps) {
      const selected =
        selection === null ? null : evaluateSelection(selection, selectableGraph(AssetGraph.build(assets)));
      assets = mapAssetSpecs(
        (spec) =>
          selected === null || selected.has(spec.key.toString())
            ? change(spec, { ...fileScope, asset: () => specScope("asset", spec) })
            : spec,
        assets,
      );
    }
    return new Definitions({ ...definitions, assets });
  };
}

/** @returns null for all assets */
function readTarget(
  document: YamlDocument,
  path: YamlPath,
  given: unknown,
  fileScope: Scope,
): SelectionExpression | null {
  const target = compileValue(document, path, given, { file: fileScope, others: {} }).evaluate(fileScope);
  if (target === "*") return null;
  try {
    return parseSelection(String(target));
  } catch (thrown) {
    throw document.error(path, {
      code: "COMPONENT_FILE_INVALID",
      message: `The target cannot be read: ${errorText(thrown)}`,
      hint: "It is a selection of assets, such as kind:workbook.",
      cause: thrown,
    });
  }
}
