import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import {
  type DocumentKind,
  documentKindNames,
  documentKinds,
  documentsOf,
} from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import type { DocumentStates, OrganizationState, UnreadablePart } from "../../state/organization-state.ts";
import { partKey } from "../../state/unreadable-parts.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { describeObject } from "./describe-object.ts";

/** The same part in the rows of one or several objects. */
interface PartOfObjects {
  readonly part: UnreadablePart;
  /** Null for rows that do not belong to a document or table. */
  readonly objects: (DiagnosticObject | null)[];
  readonly examples: string[];
  count: number;
}

/** Maximum number of examples in a message. */
const maxExamples = 3;

/** One diagnostic per route and field with unreadable parts, with their number and examples. */
export function unreadableDiagnostics(
  state: Pick<OrganizationState, "workbooks" | "dataModels" | "datasets" | "tables" | "unreadable">,
): readonly Diagnostic[] {
  const parts = new Map<string, PartOfObjects>();
  const add = (part: UnreadablePart, object: DiagnosticObject | null): void => {
    const key = partKey(part);
    const known = parts.get(key) ?? { part, objects: [], examples: [], count: 0 };
    parts.set(key, known);
    known.objects.push(object);
    known.count += part.count;
    const where = object === null ? "" : ` of the ${titleOf(object)} "${object.name}"`;
    for (const { row, found } of part.examples) known.examples.push(`${found} in row ${row}${where}`);
  };
  for (const kind of documentKindNames) {
    const documents: readonly DocumentStates[DocumentKind][] = documentsOf(state, kind);
    for (const { id, properties, unreadable = [] } of documents)
      for (const part of unreadable) add(part, describeObject({ type: kind, id: objectId(id), properties }));
  }
  for (const { id, path, unreadable = [] } of state.tables) {
    const table = { type: "table", id: objectId(id), name: path.join("."), url: null };
    for (const part of unreadable) add(part, table);
  }
  for (const part of state.unreadable) add(part, null);
  return [...parts.values()].map(describePart);
}

function describePart({ part, objects, examples, count }: PartOfObjects): Diagnostic {
  const [object = null] = objects;
  const named = examples.slice(0, maxExamples);
  const more = count > named.length ? ` (${count} in total)` : "";
  const found = `expected ${part.expected}, found ${named.join(", ")}${more}`;
  const rows = `${count} ${count === 1 ? "row" : "rows"} of ${part.route}`;
  return buildDiagnostic(
    part.isRowLost ? "ROW_UNREADABLE" : "FIELD_UNREADABLE",
    objects.length === 1 ? object : null,
    part.isRowLost
      ? `${rows} cannot be used without ${part.field}: ${found}.`
      : `${part.field} was left out of ${rows}: ${found}.`,
  );
}

function titleOf({ type }: DiagnosticObject): string {
  const kind = documentKindNames.find((name) => name === type);
  return kind === undefined ? type : documentKinds[kind].title;
}
