import type { OrganizationState } from "../../state/organization-state.ts";

/** The parts of a state that lineage is derived from. */
export type LineageState = Pick<
  OrganizationState,
  "workbooks" | "dataModels" | "datasets" | "tables" | "missingTables" | "connections"
>;
