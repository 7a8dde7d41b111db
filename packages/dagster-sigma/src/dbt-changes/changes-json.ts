import type { IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import { mergeImpacts } from "@dagster-sigma/asset-graph/impact";
import { affectedJson, impactJson } from "../impact/impact-json.ts";
import type { ChangeImpact } from "./impact-of-changes.ts";

/** JSON output of `impact --from --to`: as of `impact`, and what each change affects. */
export function changesJson(index: IndexedDefinitions, changes: readonly ChangeImpact[]): object {
  const all = mergeImpacts(
    index.graph,
    changes.map(({ impact }) => impact),
  );
  return {
    ...impactJson(index, [], all),
    changes: changes.map(({ change, impact }) => ({
      change: change.kind,
      dbt: change.relation.uniqueId,
      table: change.relation.table,
      file: (change.newRelation ?? change.relation).file,
      column: change.column,
      from: change.from,
      to: change.to,
      affected: affectedJson(index, impact),
    })),
  };
}
