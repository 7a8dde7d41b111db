import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";

/** Provides the lineage rows of workbooks and data models as Sigma sent them. */
export interface LineageAnswers {
  /**
   * @param id normalized by `objectId`
   * @returns an empty array for documents without lineage rows and for unknown ids
   */
  of(id: string): readonly unknown[];
}

/** The lineage rows of a state in memory. */
export function lineageAnswers({
  workbooks,
  dataModels,
}: Pick<OrganizationState, "workbooks" | "dataModels">): LineageAnswers {
  const answers = new Map(
    [...workbooks, ...dataModels].map((document) => {
      const ofElements = "elementLineage" in document ? document.elementLineage : null;
      const rows = document.lineage ?? document.sources ?? ofElements ?? [];
      // A copy: what was computed from the rows of the state is not needed any longer.
      return [objectId(document.id), [...rows]] as const;
    }),
  );
  return { of: (id) => answers.get(id) ?? [] };
}
