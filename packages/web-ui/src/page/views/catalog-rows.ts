import { csvText } from "@dagster-sigma/asset-graph/impact";
import { groupBy } from "@dagster-sigma/foundation";
import { formatTime } from "../../model/format-time.ts";
import type { GraphModel } from "../../model/graph-model.ts";

export interface CatalogColumn {
  readonly id:
    | "name"
    | "kind"
    | "folder"
    | "owner"
    | "fedBy"
    | "feeds"
    | "columns"
    | "updated"
    | "problem"
    | "selectedBy";
  readonly title: string;
  readonly text: (graph: GraphModel, asset: number) => string;
  /** What it is sorted by, where that is not its text. */
  readonly rank?: (graph: GraphModel, asset: number) => number;
}

export const catalogColumns: readonly CatalogColumn[] = [
  { id: "name", title: "Name", text: (graph, asset) => graph.asset(asset).name },
  { id: "kind", title: "Kind", text: (graph, asset) => graph.kindOf(asset).name },
  { id: "folder", title: "Folder", text: (graph, asset) => graph.asset(asset).folder.join(" / ") },
  { id: "owner", title: "Owner", text: (graph, asset) => graph.asset(asset).owners.join(", ") },
  number("fedBy", "Fed by", (graph, asset) => graph.index.upstream(asset).length),
  number("feeds", "Used by", (graph, asset) => graph.index.downstream(asset).length),
  number("columns", "Columns", (graph, asset) => graph.asset(asset).columns),
  {
    id: "updated",
    title: "Changed",
    text: (graph, asset) => {
      const { updatedAt } = graph.asset(asset);
      return updatedAt === null ? "" : (formatTime(updatedAt).split(" ")[0] ?? "");
    },
  },
  { id: "problem", title: "Health", text: (graph, asset) => graph.problemOf(asset) ?? "" },
];

function number(
  id: CatalogColumn["id"],
  title: string,
  rank: (graph: GraphModel, asset: number) => number,
): CatalogColumn {
  return { id, title, rank, text: (graph, asset) => String(rank(graph, asset)) };
}

/** Which of two selections have an asset; a column of the catalog while selections are compared. */
export function selectedByColumn(
  first: ReadonlySet<number> | null,
  second: ReadonlySet<number>,
): CatalogColumn {
  return {
    id: "selectedBy",
    title: "Selected by",
    text: (_graph, asset) => {
      const isFirst = first === null || first.has(asset);
      return isFirst ? (second.has(asset) ? "both" : "first only") : "second only";
    },
  };
}

export type CatalogRow =
  | { readonly type: "asset"; readonly asset: number }
  | { readonly type: "group"; readonly name: string; readonly count: number };

export interface CatalogQuery {
  /** The assets that the selection leaves; null for all. */
  readonly selected: ReadonlySet<number> | null;
  /** Words that all have to be found in name, folder, owner or kind. */
  readonly filter: string;
  readonly by: CatalogColumn["id"];
  readonly isDescending: boolean;
  readonly grouping: "" | CatalogColumn["id"];
  /** The columns, also those that are not shown. */
  readonly columns: readonly CatalogColumn[];
}

/** What groups without a value are called. */
const emptyNames: Readonly<Record<string, string>> = { owner: "No owner", folder: "No folder" };

export function catalogRows(graph: GraphModel, query: CatalogQuery): readonly CatalogRow[] {
  const words = query.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = (asset: number): boolean => {
    if (query.selected !== null && !query.selected.has(asset)) return false;
    if (words.length === 0) return true;
    const { name, folder, owners, kinds, table } = graph.asset(asset);
    const kind = graph.kindOf(asset).name;
    const text = [name, folder.join("/"), ...owners, kind, ...kinds, table ?? ""].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const assets = sorted(
    graph,
    graph.assets.flatMap((_asset, at) => (isWanted(at) ? [at] : [])),
    query,
  );
  if (query.grouping === "") return assets.map((asset) => ({ type: "asset", asset }));
  const column = query.columns.find(({ id }) => id === query.grouping);
  const groups = [...groupBy(assets, (asset) => column?.text(graph, asset) ?? "")];
  return groups
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, inGroup]) => [
      { type: "group" as const, name: name || (emptyNames[query.grouping] ?? "—"), count: inGroup.length },
      ...inGroup.map((asset) => ({ type: "asset" as const, asset })),
    ]);
}

/** The assets of some rows with the shown columns, their keys and their addresses. */
export function catalogCsv(
  graph: GraphModel,
  rows: readonly CatalogRow[],
  columns: readonly CatalogColumn[],
): string {
  const heads = [...columns.map(({ title }) => title), "Key", "URL"];
  const assets = rows.flatMap((row) => (row.type === "asset" ? [row.asset] : []));
  return csvText([
    heads,
    ...assets.map((asset) => {
      const { key, url } = graph.asset(asset);
      return [...columns.map(({ text }) => text(graph, asset)), key, url ?? ""];
    }),
  ]);
}

function sorted(
  graph: GraphModel,
  assets: readonly number[],
  { by, isDescending, columns }: CatalogQuery,
): readonly number[] {
  const column = columns.find(({ id }) => id === by);
  const { rank } = column ?? {};
  const direction = isDescending ? -1 : 1;
  if (rank !== undefined) {
    return [...assets].sort((a, b) => direction * (rank(graph, a) - rank(graph, b)) || a - b);
  }
  const texts = new Map(assets.map((asset) => [asset, (column?.text(graph, asset) ?? "").toLowerCase()]));
  return [...assets].sort((a, b) => {
    const left = texts.get(a) ?? "";
    const right = texts.get(b) ?? "";
    return left === right ? a - b : direction * (left < right ? -1 : 1);
  });
}
