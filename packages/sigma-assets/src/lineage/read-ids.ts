import type { OrganizationState } from "../state/organization-state.ts";
import {
  dataModelSources,
  datasetSources,
  type SourceReference,
  workbookSources,
} from "./document-sources.ts";

/** The ids of everything of one type that some document reads. */
export function readIds(
  documents: Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">,
  type: SourceReference["type"],
): ReadonlySet<string> {
  const references = [
    ...documents.workbooks.flatMap(workbookSources),
    ...documents.dataModels.flatMap(dataModelSources),
    ...documents.datasets.flatMap(datasetSources),
  ];
  return new Set(references.filter((reference) => reference.type === type).map(({ id }) => id));
}
