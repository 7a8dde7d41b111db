import type { Lane } from "../../model/overview-part.ts";
import { laneOfAssets } from "../../overview/lane-of-assets.ts";
import { revealAsset } from "../graph/graph-actions.ts";
import type { Found } from "../search/search-index.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

/** Shows what was found: the lineage of an asset, a folder as a part of the overview, the assets of an owner. */
export function showFound(found: Found): void {
  const graph = model.value;
  if (graph === null) return;
  if (found.type === "owner") {
    changeView({ selection: `owner:"${found.owner.replaceAll('"', '\\"')}"`, focus: null, isTracing: false });
    return;
  }
  const key = graph.assets[found.asset]?.key;
  if (key === undefined) return;
  if (found.type === "folder") {
    const lane = (laneOfAssets(graph)[found.asset] ?? 2) as Lane;
    const connection = graph.assets[found.asset]?.connection ?? null;
    const hasConnections = new Set(graph.assets.flatMap((asset) => asset.connection ?? [])).size > 1;
    const path =
      lane === 0 && hasConnections && connection !== null ? [connection, ...found.path] : found.path;
    changeView({
      tab: "graph",
      picture: "overview",
      focus: null,
      isTracing: false,
      asset: null,
      parts: [{ lane, path }],
    });
    return;
  }
  if (found.type === "columns") {
    const [column = null, ...alsoColumns] = found.columns.flatMap(
      (each) => columns.value?.nameOf(each) ?? [],
    );
    changeView({ tab: "impact", asset: key, column, alsoColumns });
    return;
  }
  const column = found.type === "column" ? (columns.value?.nameOf(found.column) ?? null) : null;
  // The impact view shows the impact of what was found.
  if (view.value.tab === "impact") changeView({ asset: key, column });
  else revealAsset(key, column);
}
