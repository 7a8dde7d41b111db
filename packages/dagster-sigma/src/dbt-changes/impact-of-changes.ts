import { type AssetGraph, resolvePresentation } from "@dagster-sigma/asset-graph";
import {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type IndexedDefinitions,
  mergeImpacts,
  sortImpact,
} from "@dagster-sigma/asset-graph/impact";
import { type DbtRelation, TableIndex } from "@dagster-sigma/sigma-assets";
import type { DbtChange } from "./diff-relations.ts";

/** A change, and what it affects. */
export interface ChangeImpact {
  readonly change: DbtChange;
  /** Numbers of the table's assets; empty if Sigma does not read it. */
  readonly assets: readonly number[];
  readonly impact: Impact;
}

/** The assets that are tables of dbt, with the columns that Sigma reads. */
export class TablesOfGraph {
  readonly #index: IndexedDefinitions;
  readonly #tables: TableIndex<number>;

  constructor(graph: AssetGraph, index: IndexedDefinitions) {
    this.#index = index;
    this.#tables = new TableIndex(
      [...graph.nodes.values()].flatMap((node) => {
        const { table } = resolvePresentation(node);
        const asset = index.numberOf(node.spec.key.toEscapedUserString());
        return table === null || asset === null ? [] : [[table.split("."), asset] as const];
      }),
    );
  }

  /** Several if several connections read the table. */
  assetsOf({ table }: DbtRelation): readonly number[] {
    return this.#tables.find(table);
  }

  /** Names of the columns of a table that Sigma reads. */
  columnsOf(relation: DbtRelation): readonly string[] {
    const { columns } = this.#index;
    return this.assetsOf(relation).flatMap((asset) =>
      columns.columnsOf(asset).map((each) => columns.nameOf(each)),
    );
  }

  /** What a change affects. An added column affects nothing. */
  impactOf(change: DbtChange): ChangeImpact {
    const { graph } = this.#index;
    const assets = change.kind === "column-added" ? [] : this.assetsOf(change.relation);
    return {
      change,
      assets,
      impact: mergeImpacts(
        graph,
        assets.map((asset) => this.#impactOf(asset, change.column)),
      ),
    };
  }

  #impactOf(asset: number, column: string | null): Impact {
    const { graph, columns } = this.#index;
    const whole = buildAssetImpact(graph, columns, asset);
    if (column === null) return whole;
    const name = column.toLowerCase();
    const numbers = columns.columnsOf(asset).filter((each) => columns.nameOf(each).toLowerCase() === name);
    if (numbers.length > 0) return buildColumnImpact(graph, columns, ...numbers);
    // Nothing is known to read the column; assets without known columns may.
    const unknown = whole.assets.filter((each) => graph.asset(each.asset).columns === 0);
    return sortImpact(graph, { assets: unknown, unaffected: [] });
  }
}
