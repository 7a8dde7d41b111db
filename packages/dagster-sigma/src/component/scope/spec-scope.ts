import type { AssetKey, AssetSpec, MetadataValue } from "@dagster-sigma/asset-graph";
import { type Members, ScopeFunction, ScopeObject, type TemplateValue } from "../template/scope-object.ts";
import { conditionScope } from "./dagster-scope.ts";
import { jsonValue } from "./json-value.ts";

/** Names of `spec`, as in Python. */
export const specMembers: readonly string[] = Object.keys(membersOf(undefined));

/** `spec`: the asset spec so far, with the names of Python. */
export function specScope(name: string, spec: AssetSpec): ScopeObject {
  return new ScopeObject(name, membersOf(spec), { value: spec });
}

function membersOf(given: AssetSpec | undefined): Members {
  // Only the names are read if there is no spec.
  const spec = given as AssetSpec;
  return {
    key: () => keyScope(spec.key),
    description: () => spec.description,
    metadata: () =>
      Object.fromEntries(
        Object.entries(spec.metadata).map(([label, value]) => [label, metadataScope(value)]),
      ),
    group_name: () => spec.groupName,
    owners: () => spec.owners,
    tags: () => spec.tags,
    kinds: () => spec.kinds,
    deps: () =>
      spec.deps.map(
        (dep) => new ScopeObject("a dependency", { asset_key: () => keyScope(dep.assetKey) }, { value: dep }),
      ),
    code_version: () => spec.codeVersion,
    skippable: () => spec.skippable,
    automation_condition: () =>
      spec.automationCondition === null ? null : conditionScope(spec.automationCondition),
    freshness_policy: () =>
      spec.freshnessPolicy === null
        ? null
        : new ScopeObject("a freshness policy", {}, { value: spec.freshnessPolicy }),
    partitions_def: () => null,
  };
}

/** An asset key, with the methods of Python. */
function keyScope(key: AssetKey): ScopeObject {
  const text = (): string => key.toUserString();
  return new ScopeObject(
    "an asset key",
    {
      path: () => key.path,
      parts: () => key.path,
      to_user_string: () => new ScopeFunction("to_user_string", [], text),
      to_python_identifier: () =>
        new ScopeFunction("to_python_identifier", ["suffix"], ({ suffix }) =>
          [...key.path, ...(typeof suffix === "string" ? [suffix] : [])].join("__").replaceAll("-", "_"),
        ),
    },
    { value: key, text: `AssetKey([${key.path.map((part) => `'${part}'`).join(", ")}])` },
  );
}

function metadataScope(value: MetadataValue): TemplateValue {
  const plain = jsonValue(value.value);
  const text = typeof plain === "string" || typeof plain === "number" ? String(plain) : undefined;
  return new ScopeObject(
    "a metadata value",
    { value: () => plain, text: () => plain, url: () => plain, path: () => plain, data: () => plain },
    { value, ...(text === undefined ? {} : { text }) },
  );
}
