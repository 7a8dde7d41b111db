import type { AssetSpec, Definitions, MetadataValue, TableColumnDep } from "@dagster-sigma/asset-graph";
import type { DataModel, Organization, Workbook } from "@dagster-sigma/sigma-sandbox";
import { elementsOf } from "@dagster-sigma/sigma-sandbox";
import type { Renaming } from "../../src/recording/renaming/renaming.ts";

/** How a recording renames what a graph shows; the identity for the graph of a replayed recording. */
export interface GraphNames {
  readonly id: (id: string) => string;
  /** The path of a table, joined with dots, in lower case. */
  readonly table: (path: string) => string;
  /** A column of an asset, by the id of a document, or of a table. */
  readonly column: (id: string | null, name: string) => string;
}

export const sameNames: GraphNames = { id: (id) => id, table: (path) => path, column: (_, name) => name };

/** What the graph of an organization shows, as sorted lines: assets, dependencies, columns, their dependencies, diagnostics. */
export function graphFacts(definitions: Definitions, names: GraphNames): readonly string[] {
  const { assets } = definitions;
  const idByKey = new Map(
    assets.map((spec) => [spec.key.toString(), textOf(spec.metadata["dagster_sigma/id"])]),
  );
  const tableByKey = new Map(
    assets.flatMap(({ deps }) =>
      deps.map((dep) => [dep.assetKey.toString(), textOf(dep.metadata["dagster/table_name"])] as const),
    ),
  );
  const nameOf = (key: string): string => {
    const id = idByKey.get(key);
    return id === undefined ? `table ${names.table(tableByKey.get(key) ?? key)}` : names.id(id);
  };
  const columnOf = (key: string, column: string): string => names.column(idByKey.get(key) ?? null, column);
  const facts = assets.flatMap((spec) => {
    const key = spec.key.toString();
    const asset = nameOf(key);
    const schema = spec.metadata["dagster/column_schema"];
    const lineage = spec.metadata["dagster/column_lineage"];
    const columns = schema?.type === "table_schema" ? schema.value.columns : [];
    const edges = lineage?.type === "table_column_lineage" ? Object.entries(lineage.value.depsByColumn) : [];
    return [
      `asset ${asset}: ${spec.kinds.join()}, ${spec.owners.length} owners, ${Object.keys(spec.tags).length} tags, ${countsOf(spec)}`,
      ...spec.deps.map(
        ({ assetKey, provenances }) =>
          `edge ${asset} < ${nameOf(assetKey.toString())} ${JSON.stringify(provenances)}`,
      ),
      ...columns.map(({ name, type }) => `column ${asset}: ${columnOf(key, name)} ${type}`),
      ...edges.flatMap(([column, deps]) =>
        deps.map((dep: TableColumnDep) => {
          const from = dep.assetKey.toString();
          return `column edge ${asset}: ${columnOf(key, column)} < ${nameOf(from)}: ${columnOf(from, dep.columnName)} ${dep.provenance?.basis}`;
        }),
      ),
    ];
  });
  const diagnostics = definitions.loadReports.flatMap((report) => report.diagnostics);
  const outcomes = definitions.loadReports.map((report) => `outcomes ${JSON.stringify(report.outcomes)}`);
  const kinds = diagnostics.map(
    ({ code, severity, object }) => `diagnostic ${severity} ${code} of ${object?.type}`,
  );
  return [...facts, ...outcomes, ...kinds].sort();
}

/** Numbers of schedules, joins, …, which are lists in the metadata. */
function countsOf({ metadata }: AssetSpec): string {
  const counts = Object.entries(metadata).map(([label, value]) => {
    const count = value.type === "json" && Array.isArray(value.value) ? value.value.length : 1;
    return `${label} × ${count}`;
  });
  return counts.sort().join();
}

function textOf(value: MetadataValue | undefined): string {
  return value?.type === "text" ? value.value : "";
}

/** How a recording renames the graph of an organization. */
export function renamedNames(organization: Organization, renaming: Renaming): GraphNames {
  const tables = new Map(
    organization.tables.flatMap(({ path }) =>
      path.map((_, index) => [
        joined(path.slice(index)),
        joined(path.slice(index).map((part) => renaming.name(part))),
      ]),
    ),
  );
  const documents = [...organization.workbooks, ...organization.dataModels];
  const columns = new Map(documents.map((document) => [document.id, documentColumns(document, renaming)]));
  return {
    id: (id) => renaming.id(id),
    table: (path) => tables.get(path) ?? `unknown ${path}`,
    column: (id, name) => {
      const ofDocument = columns.get(id ?? "");
      return ofDocument === undefined ? renaming.name(name) : (ofDocument.get(name) ?? `unknown ${name}`);
    },
  };
}

function joined(path: readonly string[]): string {
  return path.join(".").toLowerCase();
}

/** Columns as `Element/Column`; the id follows the name of an element whose name is taken. */
function documentColumns(document: Workbook | DataModel, renaming: Renaming): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name, columns: own } of elementsOf(document)) {
    const [written, renamed] = name === "" ? [id, renaming.id(id)] : [name, renaming.name(name)];
    const isTaken = taken.has(written);
    taken.add(written);
    for (const column of own)
      columns.set(
        `${isTaken ? `${written} (${id})` : written}/${column.name}`,
        `${isTaken ? `${renamed} (${renaming.id(id)})` : renamed}/${renaming.name(column.name)}`,
      );
  }
  return columns;
}
