import type { WorkbookState } from "../../state/organization-state.ts";
import { fromRoot } from "./document-sources.ts";
import { readElementLineage } from "./element-lineage.ts";
import { LineageRows } from "./lineage-rows.ts";
import type { SourceReference } from "./source-reference.ts";

/** An element whose only source outside its workbook is a table or dataset, so that its SQL contains the path of the source. */
export interface SingleSourceElement {
  readonly workbookId: string;
  readonly elementId: string;
  /** `inode` for a source that may be a table or a dataset. */
  readonly sourceType: "table" | "dataset" | "inode";
  readonly sourceId: string;
}

/** The elements of a workbook with a single table or dataset as source. */
export function singleSourceElements({
  id: workbookId,
  lineage,
  elementLineage,
}: WorkbookState): readonly SingleSourceElement[] {
  const read = (elementId: string, sources: readonly SourceReference[]): readonly SingleSourceElement[] => {
    const [source] = sources;
    if (source === undefined || sources.length > 1) return [];
    const { type, id } = source;
    if (type !== "table" && type !== "dataset" && type !== "inode") return [];
    return [{ workbookId, elementId, sourceType: type, sourceId: id }];
  };
  if (lineage === null || lineage.length === 0)
    return (elementLineage ?? []).flatMap((element) => read(element.elementId, readElementLineage(element)));
  const roots = LineageRows.of(lineage).onlyRoots();
  return [...roots].flatMap(([elementId, root]) => read(elementId, [fromRoot(root)]));
}
