import type { AssetSpec, AssetSpecAttributes } from "@dagster-sigma/asset-graph";
import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import { ComponentError } from "../component-error.ts";
import { type CompiledValue, compileValue } from "../template/compiled-value.ts";
import type { Scope } from "../template/evaluate.ts";
import type { TemplateNames } from "../template/template-names.ts";
import type { YamlDocument, YamlPath } from "../yaml/yaml-document.ts";
import { type AttributeName, attributeReaders } from "./attribute-readers.ts";

/** Changes a spec; its templates are evaluated for each spec. */
export type SpecChange = (spec: AssetSpec, scope: Scope) => AssetSpec;

/** Attributes that a change adds to those of the spec, instead of replacing them. */
const mergedAttributes: readonly string[] = ["metadata", "tags"];

interface CompiledAttribute {
  readonly name: AttributeName;
  readonly value: CompiledValue;
}

/**
 * Compiles attributes of assets. Those that are not in the file stay as they are.
 *
 * @param given the attributes of the file
 * @param options.merges whether metadata and tags are added to those of the spec
 * @throws ComponentError
 */
export function compileAttributes(
  document: YamlDocument,
  path: YamlPath,
  given: Readonly<Record<string, unknown>>,
  { names, merges }: { readonly names: TemplateNames; readonly merges: boolean },
): SpecChange {
  const { key_prefix: prefix, partitions_def: partitions, ...rest } = given;
  if (partitions != null)
    throw document.error([...path, "partitions_def"], {
      code: "COMPONENT_NOT_SUPPORTED",
      message: "Assets of Sigma have no partitions here.",
      hint: "Remove partitions_def.",
    });
  const compile = (name: string, value: unknown): CompiledValue =>
    compileValue(document, [...path, name], value, names);
  const attributes = Object.entries(rest).map(
    ([name, value]): CompiledAttribute => ({ name: name as AttributeName, value: compile(name, value) }),
  );
  const compiledPrefix = prefix == null ? null : compile("key_prefix", prefix);
  const change = (spec: AssetSpec, scope: Scope, chosen: readonly CompiledAttribute[]): AssetSpec => {
    const replaced: Record<string, unknown> = {};
    const merged: Record<string, unknown> = {};
    for (const { name, value } of chosen) {
      const [attribute, read] = readAttribute(document, name, value, scope);
      (merges && mergedAttributes.includes(name) ? merged : replaced)[attribute] = read;
    }
    return spec.replaceAttributes({
      ...(replaced as Partial<AssetSpecAttributes>),
      ...("metadata" in merged ? { metadata: { ...spec.metadata, ...(merged["metadata"] as object) } } : {}),
      ...("tags" in merged
        ? { tags: { ...spec.tags, ...(merged["tags"] as Readonly<Record<string, string>>) } }
        : {}),
    });
  };
  return (spec, scope) => {
    const changed = changeOrExplain(document, path, attributes, (chosen) => change(spec, scope, chosen));
    if (compiledPrefix === null) return changed;
    const [, segments] = readAttribute(document, "key_prefix", compiledPrefix, scope);
    return changeOrExplain(document, path, [{ name: "key_prefix", value: compiledPrefix }], () =>
      changed.replaceAttributes({ key: changed.key.withPrefix(segments as readonly string[]) }),
    );
  };
}

/** Applies attributes together; if Dagster's rules refuse them, finds out which one is refused. */
function changeOrExplain(
  document: YamlDocument,
  path: YamlPath,
  attributes: readonly CompiledAttribute[],
  change: (chosen: readonly CompiledAttribute[]) => AssetSpec,
): AssetSpec {
  const attempt = (chosen: readonly CompiledAttribute[], at: YamlPath): AssetSpec => {
    try {
      return change(chosen);
    } catch (thrown) {
      if (thrown instanceof ComponentError) throw thrown;
      throw document.error(at, {
        code: "COMPONENT_FILE_INVALID",
        message: errorText(thrown),
        hint: DagsterSigmaError.isInstance(thrown) ? (thrown.hint ?? undefined) : undefined,
        cause: thrown,
      });
    }
  };
  try {
    return change(attributes);
  } catch (thrown) {
    if (thrown instanceof ComponentError) throw thrown;
    for (const attribute of attributes) attempt([attribute], attribute.value.path);
    return attempt(attributes, path);
  }
}

function readAttribute(
  document: YamlDocument,
  name: AttributeName,
  value: CompiledValue,
  scope: Scope,
): readonly [attribute: string, value: unknown] {
  const { attribute, expected, read } = attributeReaders[name];
  const result = read(value.evaluate(scope));
  if (result !== undefined) return [attribute, result];
  throw document.error(value.path, {
    code: "COMPONENT_FILE_INVALID",
    message: `${name} must be ${expected}.`,
  });
}
