import type { AssetNode } from "../graph/asset-graph.ts";
import { columnLineageLabel, columnSchemaLabel } from "../metadata/metadata-labels.ts";
import type { ColumnData } from "./column-data.ts";
import { DistinctNames } from "./distinct-names.ts";

/**
 * The columns of all assets, including columns known only from lineage (of a table that is not defined here).
 *
 * @param nodes all nodes of the graph; an asset's number is its position
 */
export function buildColumnData(nodes: readonly AssetNode[]): ColumnData {
  const names = new DistinctNames();
  const types = new DistinctNames();
  const indices = new Map(nodes.map(({ spec }, index) => [spec.key.toString(), index]));
  const columns = nodes.map(() => new Map<number, number>());
  nodes.forEach(({ spec }, asset) => {
    const schema = spec.metadata[columnSchemaLabel];
    if (schema?.type !== "table_schema") return;
    for (const { name, type } of schema.value.columns)
      columns[asset]?.set(names.indexOf(name), types.indexOf(type));
  });
  const lineage: number[] = [];
  const unknown = types.indexOf("");
  nodes.forEach(({ spec }, asset) => {
    const value = spec.metadata[columnLineageLabel];
    if (value?.type !== "table_column_lineage") return;
    for (const [column, deps] of Object.entries(value.value.depsByColumn)) {
      const to = names.indexOf(column);
      if (columns[asset]?.has(to) === false) columns[asset]?.set(to, unknown);
      for (const dep of deps) {
        const upstream = indices.get(dep.assetKey.toString());
        if (upstream === undefined) continue;
        const from = names.indexOf(dep.columnName);
        if (columns[upstream]?.has(from) === false) columns[upstream]?.set(from, unknown);
        lineage.push(upstream, from, asset, to);
      }
    }
  });
  return {
    names: names.names,
    types: types.names,
    assets: columns.flatMap((ofAsset, asset) =>
      ofAsset.size === 0 ? [] : [[asset, [...ofAsset.keys()], [...ofAsset.values()]] as const],
    ),
    lineage,
  };
}
