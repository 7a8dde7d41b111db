import type { QueryRow } from "@dagster-sigma/sigma-client";
import type { ShownQuery } from "../../state/organization-state.ts";
import { stripSigmaComment } from "./strip-sigma-comment.ts";

/** The generated SQL of an element for the state; null if the response contains none. */
export function shownQuery(
  workbookId: string,
  elementId: string,
  row: Pick<QueryRow, "sql"> | null,
): ShownQuery | null {
  const sql = row?.sql ?? "";
  return sql === "" ? null : { workbookId, elementId, sql: stripSigmaComment(sql) };
}
