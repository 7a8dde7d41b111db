import {
  type DepsSelection,
  kindTagPrefix,
  parseSelection,
  type SelectionExpression,
} from "@dagster-sigma/asset-graph";
import { type ConditionHost, requireVersion } from "../dagster-version/condition-host.ts";
import { isAtLeast } from "../dagster-version/host-features.ts";
import type { WireRecord } from "../wire/wire-record.ts";

/** How selections are serialized for a host. */
interface SelectionContext {
  readonly host: ConditionHost;
  /** Whether attributes without a choice of their own also select external assets. */
  readonly includeSources: boolean;
}

/**
 * The selections of a condition on dependencies, joined with "or" as Python does; null if there is none.
 *
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED` if the host cannot evaluate one of them
 */
export function depsSelectionRecord(
  selections: readonly DepsSelection[],
  host: ConditionHost,
): WireRecord | null {
  const records = selections.map((selection) =>
    "keys" in selection
      ? keysRecord(selection.keys.map(({ path }) => path))
      : expressionRecord(parseSelection(selection.text), { host, includeSources: selection.includeSources }),
  );
  return records.length === 0 ? null : joinRecords("OrAssetSelection", records);
}

function expressionRecord(expression: SelectionExpression, context: SelectionContext): WireRecord {
  const inner = (operand: SelectionExpression): WireRecord => expressionRecord(operand, context);
  const { includeSources } = context;
  switch (expression.type) {
    case "all":
      return { __class__: "AllSelection", include_sources: includeSources };
    case "asset":
      return keysRecord([expression.path.split("/")]);
    case "tag":
      return tagRecord(expression.key ?? "", expression.value, context);
    case "attribute":
      return attributeRecord(expression, context);
    case "and":
      return joinRecords("AndAssetSelection", expression.operands.map(inner));
    case "or":
      return joinRecords("OrAssetSelection", expression.operands.map(inner));
    case "not":
      return {
        __class__: "SubtractAssetSelection",
        left: { __class__: "AllSelection", include_sources: includeSources },
        right: inner(expression.operand),
      };
    case "sinks":
      return { __class__: "SinksAssetSelection", child: inner(expression.operand) };
    case "roots":
      return { __class__: "RootsAssetSelection", child: inner(expression.operand) };
    case "traversal":
      return traversalRecord(expression, inner(expression.operand));
  }
}

/** Operands of the same type are merged into the result, as in Python. */
function joinRecords(
  __class__: "AndAssetSelection" | "OrAssetSelection",
  records: readonly WireRecord[],
): WireRecord {
  const [only] = records;
  if (records.length === 1 && only !== undefined) return only;
  const operands = records.flatMap((record) =>
    record.__class__ === __class__ ? (record["operands"] as readonly WireRecord[]) : [record],
  );
  return { __class__, operands };
}

function traversalRecord(
  { up, down }: Extract<SelectionExpression, { readonly type: "traversal" }>,
  child: WireRecord,
): WireRecord {
  const towards = (__class__: string, depth: number | "all"): WireRecord => ({
    __class__,
    child,
    depth: depth === "all" ? null : depth,
    include_self: true,
  });
  return joinRecords("OrAssetSelection", [
    ...(up === null ? [] : [towards("UpstreamAssetSelection", up)]),
    ...(down === null ? [] : [towards("DownstreamAssetSelection", down)]),
  ]);
}

function attributeRecord(
  { attribute, value }: Extract<SelectionExpression, { readonly type: "attribute" }>,
  context: SelectionContext,
): WireRecord {
  const { host, includeSources } = context;
  if (value === null) requireVersion(host, [1, 11], `the selection ${attribute}:<null>`);
  switch (attribute) {
    case "group":
      return groupRecord(value, context);
    case "kind":
      return isAtLeast(host.version, [1, 11])
        ? { __class__: "KindAssetSelection", include_sources: includeSources, kind_str: value }
        : tagRecord(`${kindTagPrefix}${value}`, "", context);
    case "owner":
      return { __class__: "OwnerAssetSelection", selected_owner: value };
    case "is":
      requireVersion(host, [1, 13, 9], `the selection is:${value}`);
      return { __class__: "IsAttributeAssetSelection", attribute: value };
    default:
      return keyRecord(value ?? "", host);
  }
}

function groupRecord(group: string | null, { host, includeSources }: SelectionContext): WireRecord {
  if (group?.includes("*") !== true)
    return {
      __class__: "GroupsAssetSelection",
      include_sources: includeSources,
      // As in Python, no group and an empty one select nothing.
      selected_groups: group ? [group] : [],
    };
  requireVersion(host, [1, 13, 9], `the selection group:"${group}" with a wildcard`);
  return {
    __class__: "GroupWildCardAssetSelection",
    include_sources: includeSources,
    selected_group_wildcard: group,
  };
}

function keyRecord(key: string, host: ConditionHost): WireRecord {
  if (isAtLeast(host.version, [1, 11]))
    return { __class__: "KeyWildCardAssetSelection", selected_key_wildcard: key };
  if (key.includes("*")) requireVersion(host, [1, 11], `the selection key:"${key}" with a wildcard`);
  return keysRecord([key.split("/")]);
}

function keysRecord(paths: readonly (readonly string[])[]): WireRecord {
  return {
    __class__: "KeysAssetSelection",
    selected_keys: paths.map((path) => ({ __class__: "AssetKey", path })),
  };
}

function tagRecord(key: string, value: string, { includeSources }: SelectionContext): WireRecord {
  return { __class__: "TagAssetSelection", include_sources: includeSources, key, value };
}
