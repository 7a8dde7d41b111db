import {
  type Definitions,
  evaluateSelection,
  problemsByAsset,
  selectableGraph,
  suggestCase,
} from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";
import type { Terminal } from "../terminal/terminal.ts";
import { readSelection } from "./read-selection.ts";

/**
 * Parses a selection before anything is loaded, so that a syntax error is reported immediately. The result returns the ids
 * of the selected assets; if there are none, it prints a message that suggests another spelling.
 *
 * @throws ExcerptError `SELECTION_SYNTAX` or `SELECTION_NEEDS_INSTANCE`
 */
export function selector(
  text: string,
): (definitions: Definitions, terminal: Terminal) => ReadonlySet<string> {
  const expression = readSelection(text);
  return (definitions, terminal) => {
    const graph = selectableGraph(definitions.assetGraph, problemsByAsset(definitions));
    const selected = evaluateSelection(expression, graph);
    if (selected.size === 0) {
      const suggestion = suggestCase(text, graph);
      const hint = suggestion === null ? "" : ` Did you mean: ${printable(suggestion)}`;
      terminal.err(`No assets match the selection.${hint}\n`);
    }
    return selected;
  };
}
