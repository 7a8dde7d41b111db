import type { DbtRelation, DbtRelations } from "@dagster-sigma/sigma-assets";
import { SqlColumnReader } from "@dagster-sigma/sql-lineage";
import { type DbtChange, diffColumns } from "./diff-relations.ts";
import { type OutlineCache, relationColumns } from "./relation-columns.ts";

/** Two manifests or catalogs. */
export interface DbtVersions {
  readonly from: DbtRelations;
  readonly to: DbtRelations;
}

/**
 * What changed between two manifests or catalogs: tables and columns, by relation in the order of the first. Relations are paired by unique id, so that
 * a pull request may be compiled for another schema.
 *
 * @param readColumns names of the columns of a table that Sigma reads
 */
export async function dbtChanges(
  { from, to }: DbtVersions,
  readColumns: (relation: DbtRelation) => readonly string[],
): Promise<readonly DbtChange[]> {
  const newById = new Map(to.relations.map((relation) => [relation.uniqueId, relation]));
  const compared = from.relations.filter((relation) => {
    const other = newById.get(relation.uniqueId);
    return other !== undefined && mayDiffer(relation, other);
  });
  const ids = compared.map(({ uniqueId }) => uniqueId);
  const reader = new SqlColumnReader({ collectMs: 0, outlines: true });
  const cache: OutlineCache = new Map();
  try {
    const columns = await relationColumns(from, ids, reader, cache);
    const newColumns = await relationColumns(to, ids, reader, cache);
    return from.relations.flatMap((relation): readonly DbtChange[] => {
      const { uniqueId } = relation;
      const newRelation = newById.get(uniqueId) ?? null;
      const table = { relation, newRelation, column: null, from: null, to: null };
      if (newRelation === null) return [{ ...table, kind: "table-dropped" }];
      const newName = lastPart(newRelation);
      if (lastPart(relation).toLowerCase() !== newName.toLowerCase())
        return [{ ...table, kind: "table-renamed", to: newName }];
      const [before, after] = [columns.get(uniqueId), newColumns.get(uniqueId)];
      if (before === undefined || after === undefined) return [];
      return diffColumns(
        { relation, newRelation, columns: before, newColumns: after },
        readColumns(relation),
      );
    });
  } finally {
    await reader.close();
  }
}

/** Models of which dbt wrote no compiled SQL. */
export function uncompiledModels({ relations }: DbtRelations): number {
  return relations.filter(
    ({ rawCode, compiledCode }) => rawCode !== null && rawCode !== "" && compiledCode === null,
  ).length;
}

/** An unchanged model with a `*` may still get other columns. */
function mayDiffer(one: DbtRelation, other: DbtRelation): boolean {
  return (
    one.compiledCode !== other.compiledCode ||
    one.isComplete !== other.isComplete ||
    JSON.stringify(one.columns) !== JSON.stringify(other.columns) ||
    one.compiledCode?.includes("*") === true
  );
}

function lastPart({ table }: DbtRelation): string {
  return table.at(-1) ?? "";
}
