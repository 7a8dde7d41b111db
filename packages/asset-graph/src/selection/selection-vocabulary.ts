import { enclosingFolders } from "./enclosing-folders.ts";
import type { SelectableGraph } from "./selectable-graph.ts";
import { isValues, problemValues } from "./selection-attributes.ts";

/** The values in a graph that selections can use; each list is sorted and without duplicates. */
export interface SelectionVocabulary {
  /** Segments joined with `/`. */
  readonly keys: readonly string[];
  readonly groups: readonly string[];
  readonly owners: readonly string[];
  readonly kinds: readonly string[];
  /** Values by tag. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly columns: readonly string[];
  readonly tables: readonly string[];
  /** With all folders that contain one: their names joined with `/`. */
  readonly folders: readonly string[];
}

/** Collects the values of a graph that selections can use. */
export function selectionVocabulary(graph: SelectableGraph): SelectionVocabulary {
  const nodes = [...graph.nodes.values()];
  const tags = new Map<string, Set<string>>();
  for (const node of nodes) {
    for (const [tag, value] of Object.entries(node.tags)) {
      const values = tags.get(tag);
      if (values === undefined) tags.set(tag, new Set([value]));
      else values.add(value);
    }
  }
  return {
    keys: sorted(nodes.map(({ key }) => key.join("/"))),
    groups: sorted(nodes.map(({ group }) => group ?? "default")),
    owners: sorted(nodes.flatMap(({ owners }) => owners)),
    kinds: sorted(nodes.flatMap(({ kinds }) => kinds)),
    tags: new Map(sorted(tags.keys()).map((tag) => [tag, sorted(tags.get(tag) ?? [])])),
    columns: sorted(nodes.flatMap(({ columns }) => columns)),
    tables: sorted(nodes.flatMap(({ tableName }) => tableName ?? [])),
    folders: sorted(nodes.flatMap(({ folder = [] }) => enclosingFolders(folder))),
  };
}

function sorted(values: Iterable<string>): readonly string[] {
  return [...new Set(values)].sort();
}

/** The values of an attribute for completion; empty for attributes whose values are not listed. */
export function valuesOf(vocabulary: SelectionVocabulary, attribute: string): readonly string[] {
  switch (attribute) {
    case "key":
      return vocabulary.keys;
    case "group":
      return vocabulary.groups;
    case "owner":
      return vocabulary.owners;
    case "kind":
      return vocabulary.kinds;
    case "column":
      return vocabulary.columns;
    case "table_name":
      return vocabulary.tables;
    case "folder":
      return vocabulary.folders;
    case "is":
      return isValues;
    case "problem":
      return problemValues;
    default:
      return [];
  }
}
