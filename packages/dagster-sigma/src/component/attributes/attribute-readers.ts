import { AssetDep, AssetKey, AutomationCondition, FreshnessPolicy } from "@dagster-sigma/asset-graph";

export type AttributeName =
  | "key"
  | "key_prefix"
  | "deps"
  | "description"
  | "metadata"
  | "group_name"
  | "skippable"
  | "code_version"
  | "owners"
  | "tags"
  | "kinds"
  | "automation_condition"
  | "freshness_policy";

/** How an evaluated attribute of a component file becomes an attribute of a spec. */
interface AttributeReader {
  /** Name of the attribute of the spec. */
  readonly attribute: string;
  /** What the value must be, for messages. */
  readonly expected: string;
  /** Undefined for a value of the wrong type; null clears the attribute. */
  readonly read: (value: unknown) => unknown;
}

const orNull =
  (read: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    value === null ? null : read(value);

const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Numbers are written as text, as Dagster does for code versions and tags. */
const asScalarText = (value: unknown): string | undefined => {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : asText(value);
};

/** `true`, `True`, `1` and the like are texts of environment variables. */
export function asFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (["true", "1", "yes", "on"].includes(text)) return true;
  return ["false", "0", "no", "off"].includes(text) ? false : undefined;
}

function listOf<Item>(
  value: unknown,
  read: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item: unknown) => read(item));
  return items.every((item) => item !== undefined) ? (items as readonly Item[]) : undefined;
}

function recordOf<Item>(
  value: unknown,
  read: (item: unknown) => Item | undefined,
): Readonly<Record<string, Item>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([name, item]) => [name, read(item)] as const);
  return entries.every(([, item]) => item !== undefined)
    ? (Object.fromEntries(entries) as Readonly<Record<string, Item>>)
    : undefined;
}

/** A text has a slash between its segments, as Dagster's `from_user_string`. */
function asKey(value: unknown): AssetKey | undefined {
  if (value instanceof AssetKey) return value;
  if (typeof value === "string" && value !== "") return AssetKey.from(value.split("/"));
  const segments = listOf(value, asText);
  return segments === undefined || segments.length === 0 ? undefined : AssetKey.from(segments);
}

const asDep = (value: unknown): AssetDep | AssetKey | undefined =>
  value instanceof AssetDep ? value : asKey(value);

/** The attributes by their names in Dagster's component files. */
export const attributeReaders: Readonly<Record<AttributeName, AttributeReader>> = {
  key: { attribute: "key", expected: "an asset key, such as sigma/orders", read: asKey },
  key_prefix: {
    attribute: "key",
    expected: "text or a list of text",
    read: (value) => (typeof value === "string" ? [value] : listOf(value, asText)),
  },
  deps: {
    attribute: "deps",
    expected: "a list of asset keys",
    read: orNull((value) => listOf(value, asDep)),
  },
  description: { attribute: "description", expected: "text", read: orNull(asText) },
  metadata: {
    attribute: "metadata",
    expected: "a mapping",
    read: (value) => recordOf(value, (item) => item),
  },
  group_name: { attribute: "groupName", expected: "text", read: orNull(asText) },
  skippable: { attribute: "skippable", expected: "true or false", read: orNull(asFlag) },
  code_version: { attribute: "codeVersion", expected: "text", read: orNull(asScalarText) },
  owners: {
    attribute: "owners",
    expected: "a list of owners",
    read: orNull((value) => listOf(value, asText)),
  },
  tags: {
    attribute: "tags",
    expected: "a mapping of text",
    read: (value) => recordOf(value, asScalarText),
  },
  kinds: { attribute: "kinds", expected: "a list of kinds", read: (value) => listOf(value, asText) },
  automation_condition: {
    attribute: "automationCondition",
    expected: "an automation condition, such as {{ dg.AutomationCondition.eager() }}",
    read: orNull((value) => (value instanceof AutomationCondition ? value : undefined)),
  },
  freshness_policy: {
    attribute: "freshnessPolicy",
    expected:
      "a freshness policy, such as {{ dg.FreshnessPolicy.time_window(fail_window=datetime.timedelta(hours=24)) }}",
    read: orNull((value) => (value instanceof FreshnessPolicy ? value : undefined)),
  },
};
