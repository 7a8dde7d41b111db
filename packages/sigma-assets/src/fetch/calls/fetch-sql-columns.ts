import type { LineageRow } from "@dagster-sigma/sigma-client";
import type { SqlRelation } from "@dagster-sigma/sql-lineage/columns";
import type { DataModelState, WorkbookState } from "../../state/organization-state.ts";
import type { FetchContext } from "./fetch-context.ts";
import type { DocumentLineage } from "./fetch-document.ts";

/**
 * Column lineage of a document's custom SQL, by the name of the SQL. Null without custom SQL, or if columns are not
 * requested.
 *
 * @param before the previous document, whose unchanged SQL is not parsed again
 */
export async function fetchSqlColumns(
  { options, sqlColumns, dialectOf }: FetchContext,
  lineage: Promise<DocumentLineage | null> | null,
  before: WorkbookState | DataModelState | null,
): Promise<Readonly<Record<string, SqlRelation>> | null> {
  const rows = options.fetchColumnData ? ((await lineage)?.lineage ?? []) : [];
  const statements = rows.flatMap(statementOf);
  if (statements.length === 0) return null;
  const known = knownRelations(before);
  const relations = await Promise.all(
    statements.map(
      ({ key, sql, connectionId }) => known.get(key) ?? sqlColumns.read(sql, dialectOf(connectionId)),
    ),
  );
  const read = statements.flatMap(({ name }, index): (readonly [string, SqlRelation])[] => {
    const relation = relations[index] ?? null;
    return relation === null ? [] : [[name, relation]];
  });
  return read.length === 0 ? null : Object.fromEntries(read);
}

interface Statement {
  readonly name: string;
  readonly sql: string;
  readonly connectionId: string | null;
  /** Identifies SQL text and connection. */
  readonly key: string;
}

function statementOf({ type, name, definition, connectionId = null }: LineageRow): readonly Statement[] {
  if (type.toLowerCase() !== "customsql" || name == null || definition == null) return [];
  return [{ name, sql: definition, connectionId, key: `${connectionId ?? ""} ${definition}` }];
}

/** Previous results by statement key, except for names that several statements share. */
function knownRelations(document: WorkbookState | DataModelState | null): ReadonlyMap<string, SqlRelation> {
  const relations = new Map(Object.entries(document?.sqlColumns ?? {}));
  const statements = (document?.lineage ?? []).flatMap(statementOf);
  const isOnly = (name: string): boolean => statements.filter((other) => other.name === name).length === 1;
  return new Map(
    statements.flatMap(({ name, key }) => {
      const relation = relations.get(name);
      return relation === undefined || !isOnly(name) ? [] : [[key, relation]];
    }),
  );
}
