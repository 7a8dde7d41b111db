import { type Organization, type TrueEdge, trueEdges } from "@dagster-sigma/sigma-sandbox";
import type { OurAsset } from "./dagster-sigma/comparable-asset.ts";
import { keyText } from "./dagster-sigma/compare-assets.ts";

/** `to` reads `from`: documents and datasets by id, tables by their name parts joined with dots, in lower case. */
export interface LineageEdge {
  readonly from: string;
  /** Always an id. */
  readonly to: string;
}

/** Edges without duplicates. */
export type EdgeSet = ReadonlyMap<string, LineageEdge>;

export function edgeSet(edges: Iterable<LineageEdge>): EdgeSet {
  return new Map([...edges].map(({ from, to }) => [`${from}\n${to}`, { from, to }]));
}

export function trueEdgeSet(organization: Organization): EdgeSet {
  const tables = new Map(organization.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  const named = ({ from, to }: TrueEdge): LineageEdge => ({
    from: tables.get(from.id) ?? from.id,
    to: to.id,
  });
  return edgeSet([...trueEdges(organization)].map(named));
}

export function ourEdgeSet(assets: readonly OurAsset[]): EdgeSet {
  const ids = new Map(assets.map((asset) => [keyText(asset), asset.id]));
  return edgeSet(
    assets.flatMap(({ id, deps }) =>
      deps.map((dep) => ({ from: ids.get(keyText(dep)) ?? dep.tableName ?? keyText(dep), to: id })),
    ),
  );
}

/** `workbook -> table` and so on. */
export function kindOfEdge({ from, to }: LineageEdge, organization: Organization): string {
  const kindOf = (name: string): string => {
    const { workbooks, dataModels, datasets } = organization;
    const object = [...workbooks, ...dataModels, ...datasets].find(({ id }) => id === name);
    return object?.kind === "dataModel" ? "data model" : (object?.kind ?? "table");
  };
  return `${kindOf(to)} -> ${kindOf(from)}`;
}
