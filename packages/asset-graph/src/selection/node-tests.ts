import { kindTagPrefix } from "../metadata/metadata-labels.ts";
import { startOfDay } from "./attribute-values.ts";
import { enclosingFolders } from "./enclosing-folders.ts";
import { wildcardMatcher } from "./match-wildcard.ts";
import type { SelectableNode } from "./selectable-graph.ts";
import type { ValueAttribute } from "./selection-expression.ts";

/** Whether an attribute selects an asset. */
export type NodeTest = (node: SelectableNode) => boolean;

/** For a bare key: no wildcards, and no segment that contains a slash. */
export function keyTest(segments: readonly string[]): NodeTest {
  return ({ key }) => key.length === segments.length && key.every((part, index) => part === segments[index]);
}

/** For an attribute and its value; null stands for `<null>`. */
export function attributeTest(attribute: ValueAttribute, value: string | null): NodeTest {
  if (value === null) return nullTest(attribute);
  const matches = wildcardMatcher(value);
  switch (attribute) {
    case "key":
      return (node) => matches(node.key.join("/"));
    case "group":
      // An empty group matches nothing, because every asset has a group.
      return (node) => value !== "" && matches(node.group ?? "default");
    case "owner":
      return (node) => node.owners.includes(value);
    case "kind":
      return (node) => node.kinds.includes(value);
    case "column":
      return (node) => node.columns.some(matches);
    case "table_name":
      return (node) => node.tableName !== null && matches(node.tableName);
    case "is":
      return (node) => (node.isMaterializable === true) === (value === "materializable");
    case "folder":
      return ({ folder = [] }) => enclosingFolders(folder).some(matches);
    case "problem":
      return ({ problem = null }) => problem !== null && matches(problem);
    case "changed_since":
    case "changed_before": {
      const day = startOfDay(value) ?? Number.NaN;
      return ({ changedAt = null }) =>
        changedAt !== null && (attribute === "changed_since" ? changedAt >= day : changedAt < day);
    }
  }
}

/** For `<null>`: matches assets without the attribute. Every asset has a key and a group. */
function nullTest(attribute: ValueAttribute): NodeTest {
  switch (attribute) {
    case "owner":
      return (node) => node.owners.length === 0;
    case "kind":
      return (node) => node.kinds.length === 0;
    case "column":
      return (node) => node.columns.length === 0;
    case "table_name":
      return (node) => node.tableName === null;
    case "folder":
      return ({ folder = [] }) => folder.length === 0;
    case "problem":
      return ({ problem = null }) => problem === null;
    case "changed_since":
    case "changed_before":
      return ({ changedAt = null }) => changedAt === null;
    default:
      return () => false;
  }
}

/** A kind is also a tag with an empty value, as on Dagster's wire. */
export function tagTest(key: string | null, value: string): NodeTest {
  if (key === null) return (node) => value === "" && Object.keys(node.tags).length === 0;
  const kind = key.startsWith(kindTagPrefix) && value === "" ? key.slice(kindTagPrefix.length) : null;
  return (node) =>
    (Object.hasOwn(node.tags, key) && node.tags[key] === value) ||
    (kind !== null && node.kinds.includes(kind));
}
