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
  return new Map([...edges].map(({ from, to }) => [edgeKey({ from, to }), { from, to }]));
}

/** The key of an edge in a set. */
export function edgeKey({ from, to }: LineageEdge): string {
  return `${from}\n${to}`;
}

/** @param hidden ids of documents whose edges no answer shows */
export function trueEdgeSet(organization: Organization, hidden: readonly string[] = []): EdgeSet {
  const tables = new Map(organization.tables.map(({ id, path }) => [id, path.join(".").toLowerCase()]));
  const named = ({ from, to }: TrueEdge): LineageEdge => ({
    from: tables.get(from.id) ?? from.id,
    to: to.id,
  });
  const shown = [...trueEdges(organization)].filter(
    ({ from, to }) => !hidden.includes(from.id) && !hidden.includes(to.id),
  );
  return edgeSet(shown.map(named));
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

/** `workbook "Overview" reads table shop.crm.orders` and so on. */
export function edgeName(edge: LineageEdge, organization: Organization): string {
  const [to, from] = kindOfEdge(edge, organization).split(" -> ");
  const { workbooks, dataModels, datasets } = organization;
  const nameOf = (id: string): string => {
    const object = [...workbooks, ...dataModels, ...datasets].find((each) => each.id === id);
    return object === undefined ? id : `"${object.name}"`;
  };
  return `${to} ${nameOf(edge.to)} reads ${from} ${nameOf(edge.from)}`;
}
