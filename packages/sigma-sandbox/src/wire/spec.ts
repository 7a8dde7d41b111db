import { availableColumns } from "../organization/available-columns.ts";
import { formulaName } from "../organization/formula.ts";
import type { DataModel, Element, Organization, Source, Workbook } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { pageUrl } from "./documents.ts";

type SpecPart =
  | { readonly kind: "warehouse-table"; readonly connectionId: string; readonly path: string[] }
  | { readonly kind: "table"; readonly elementId: string }
  | { readonly kind: "data-model"; readonly dataModelId: string; readonly elementId: string };

interface SpecJoin {
  readonly left: SpecPart;
  readonly right: SpecPart;
  readonly joinType: "left-outer";
  readonly columns: { readonly left: string; readonly right: string }[];
}

type SpecSource =
  | SpecPart
  | { readonly kind: "sql"; readonly connectionId: string; readonly statement: string }
  | { readonly kind: "join"; readonly primarySource: SpecPart; readonly joins: SpecJoin[] }
  | {
      readonly kind: "union";
      readonly sources: SpecPart[];
      readonly matches: { readonly outputColumnName: string; readonly sourceColumns: (string | null)[] }[];
    };

interface SpecElementEntry {
  readonly id: string;
  readonly kind: "table";
  readonly name: string;
  readonly source: SpecSource;
  readonly columns: { readonly id: string; readonly name: string; readonly formula: string }[];
}

interface SpecFields extends AuditEntry {
  readonly name: string;
  readonly url: string;
  readonly documentVersion: number;
  readonly latestDocumentVersion: number;
  readonly ownerId: string;
  readonly folderId: string;
  readonly schemaVersion: 1;
  readonly pages: { readonly id: string; readonly name: string; readonly elements: SpecElementEntry[] }[];
}

/** The code representation of a data model. */
export interface DataModelSpecAnswer extends SpecFields {
  readonly dataModelId: string;
}

/** The code representation of a workbook. */
export interface WorkbookSpecAnswer extends SpecFields {
  readonly workbookId: string;
  readonly layout: string | null;
}

export function dataModelSpecAnswer(organization: Organization, model: DataModel): DataModelSpecAnswer {
  return { dataModelId: model.id, ...specFields(organization, model) };
}

export function workbookSpecAnswer(organization: Organization, workbook: Workbook): WorkbookSpecAnswer {
  return { workbookId: workbook.id, ...specFields(organization, workbook), layout: null };
}

function specFields(organization: Organization, document: Workbook | DataModel): SpecFields {
  const isModel = document.kind === "dataModel";
  return {
    name: document.name,
    url: pageUrl(organization, isModel ? "data-model" : "workbook", document.id),
    documentVersion: document.version,
    latestDocumentVersion: document.version,
    ownerId: document.owner.id,
    folderId: organization.id,
    ...auditEntry(document),
    schemaVersion: 1,
    pages: document.content.pages.map(({ id, name, elements }) => ({
      id,
      name,
      elements: elements.flatMap(elementEntries),
    })),
  };
}

/**
 * Every element with data as a table. Omits elements that Sigma's specification cannot represent: readers of datasets, and
 * joins and unions with custom SQL.
 */
function elementEntries(element: Element): readonly SpecElementEntry[] {
  const source = sourceOf(element);
  if (source === null) return [];
  const columns = element.columns.map(({ id, name, formula }) => ({ id, name, formula }));
  return [{ id: element.id, kind: "table", name: element.name, source, columns }];
}

function sourceOf({ sources, lookups, combination, columns }: Element): SpecSource | null {
  const [first, ...others] = sources;
  const joined = [...others, ...lookups];
  if (first?.kind === "sql" && joined.length === 0)
    return { kind: "sql", connectionId: first.connection.id, statement: first.definition };
  const parts = sources.map(partOf);
  const known = parts.flatMap((part) => part ?? []);
  const [primarySource] = known;
  if (first === undefined || primarySource === undefined || known.length < parts.length) return null;
  if (combination === "union" && others.length > 0) {
    const matches = columns.map(({ name }) => ({
      outputColumnName: name,
      sourceColumns: sources.map((source) => (availableColumns(source).has(name) ? name : null)),
    }));
    return { kind: "union", sources: known, matches };
  }
  if (joined.length === 0) return primarySource;
  const joins = joined.flatMap((source): readonly SpecJoin[] => {
    const right = partOf(source);
    const keys = { left: `[${keyOf(first)}]`, right: `[${keyOf(source)}]` };
    return right === null ? [] : [{ left: primarySource, right, joinType: "left-outer", columns: [keys] }];
  });
  return joins.length < joined.length ? null : { kind: "join", primarySource, joins };
}

/** The first column of a source as its join key. */
function keyOf(source: Source): string {
  const [key = "Id"] = availableColumns(source).keys();
  return `${formulaName(source)}/${key}`;
}

/** Null for a source that the specification does not allow in joins and unions. */
function partOf(source: Source): SpecPart | null {
  switch (source.kind) {
    case "table":
      return { kind: "warehouse-table", connectionId: source.connection.id, path: [...source.path] };
    case "element":
      return { kind: "table", elementId: source.id };
    case "modelElement":
      return { kind: "data-model", dataModelId: source.model.id, elementId: source.element.id };
    case "sql":
    case "dataset":
      return null;
  }
}
