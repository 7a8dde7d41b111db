import type { OrganizationState } from "../state/organization-state.ts";
import {
  dataModelSources,
  datasetSources,
  type SourceReference,
  workbookSources,
} from "./document-sources.ts";

type Documents = Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">;

/** Everything that some document says it reads. */
export function allSources(documents: Documents): readonly SourceReference[] {
  return [
    ...documents.workbooks.flatMap(workbookSources),
    ...documents.dataModels.flatMap(dataModelSources),
    ...documents.datasets.flatMap(datasetSources),
  ];
}

/** The ids of everything of one type that some document reads. */
export function readIds(documents: Documents, type: SourceReference["type"]): ReadonlySet<string> {
  return new Set(
    allSources(documents).flatMap((reference) => (reference.type === type ? [reference.id] : [])),
  );
}
