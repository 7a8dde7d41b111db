import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import {
  describeSelection,
  evaluateSelection,
  parseSelection,
  type SelectableGraph,
  type SelectableNode,
  SelectionSyntaxError,
  selectionVocabulary,
  suggestCase,
} from "@dagster-sigma/asset-graph/selection";
import { computed } from "@preact/signals";
import type { GraphModel } from "../../model/graph-model.ts";
import { columns, model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";

/** The graph as selections look at it. */
const selectable = computed((): SelectableGraph | null => {
  const graph = model.value;
  return graph === null ? null : selectableGraph(graph, columns.value);
});

function selectableGraph(graph: GraphModel, known: ColumnIndex | null): SelectableGraph {
  const ids = (assets: Int32Array): readonly string[] => Array.from(assets, (asset) => String(asset));
  const nodes = graph.assets.map((asset, at): SelectableNode => {
    return {
      id: String(at),
      key: asset.path,
      group: asset.group,
      owners: asset.owners,
      kinds: asset.kinds,
      tags: asset.tags,
      get columns() {
        return known?.columnsOf(at).map((column) => known.nameOf(column)) ?? [];
      },
      tableName: asset.table,
      folder: asset.folder,
      problem: graph.problemOf(at),
      changedAt: asset.updatedAt,
      get upstream() {
        return ids(graph.index.upstream(at));
      },
      get downstream() {
        return ids(graph.index.downstream(at));
      },
    };
  });
  return { nodes: new Map(nodes.map((node) => [node.id, node])) };
}

const text = computed(() => view.value.selection);

interface Evaluated {
  /** Numbers of the selected assets; null if the text cannot be read, or without a graph. */
  readonly assets: ReadonlySet<number> | null;
  /** The selection in words; null if the text cannot be read, or without a graph. */
  readonly words: string | null;
  readonly problem: SelectionSyntaxError | null;
}

const nothing: Evaluated = { assets: null, words: null, problem: null };

/** What a text selects. An empty text, which selects everything, is not evaluated: making the graph selectable takes longer than drawing it. */
export function evaluateText(selection: string): Evaluated {
  if (selection.trim() === "" || selectable.value === null) return nothing;
  try {
    const expression = parseSelection(selection);
    const found = evaluateSelection(expression, selectable.value);
    return {
      assets: new Set(Array.from(found, Number)),
      words: describeSelection(expression),
      problem: null,
    };
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    return { ...nothing, problem: thrown };
  }
}

const evaluated = computed(() => evaluateText(text.value));

/** What the selection of the address selects; null when there is none, or it cannot be read. */
export const selectedAssets = computed(() => evaluated.value.assets);

/** The selection of the address in words; null when there is none, or it cannot be read. */
export const selectionWords = computed(() => evaluated.value.words);

/** Why the selection of the address cannot be read; null when it can. */
export const selectionProblem = computed(() => evaluated.value.problem);

/** What completions offer. */
export const vocabulary = computed(() =>
  selectable.value === null ? null : selectionVocabulary(selectable.value),
);

/** Where nothing is selected: the same in the case in which the graph has it; null where that is nothing either. */
export const otherCase = computed(() => {
  // The vocabulary of a large graph takes long: only where it is needed.
  if (selectedAssets.value?.size !== 0) return null;
  const graph = selectable.value;
  const words = vocabulary.value;
  return graph === null || words === null ? null : suggestCase(text.value, graph, words);
});
