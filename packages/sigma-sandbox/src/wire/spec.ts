import { availableColumns } from "../organization/available-columns.ts";
import { formulaName } from "../organization/formula.ts";
import type { DataModel, Element, Organization, Source, Workbook } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";
import { pageUrl } from "./documents.ts";

type SpecPart =
  | { readonly kind: "warehouse-table"; readonly connectionId: string; readonly path: string[] }
  | { readonly kind: "sql"; readonly connectionId: string; readonly statement: string }
  | { readonly kind: "table"; readonly elementId: string }
  | { readonly kind: "data-model"; readonly dataModelId: string; readonly elementId: string }
  /** Not in Sigma's specification, which does not mention datasets. */
  | { readonly kind: "dataset"; readonly datasetId: string };

interface SpecJoin {
  readonly left: SpecPart;
  readonly right: SpecPart;
  readonly joinType: "left-outer";
  readonly columns: { readonly left: string; readonly right: string }[];
}

type SpecSource =
  | SpecPart
  | { readonly kind: "join"; readonly primarySource: SpecPart; readonly joins: SpecJoin[] }
  | {
      readonly kind: "union";
      readonly sources: SpecPart[];
      readonly matches: { readonly outputColumnName: string; readonly sourceColumns: (string | null)[] }[];
    };

interface SpecElementEntry {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly source?: SpecSource;
  readonly columns?: { readonly id: string; readonly name: string; readonly formula: string }[];
}

/** The code representation of a document. */
export interface SpecAnswer extends AuditEntry {
  readonly dataModelId?: string;
  readonly workbookId?: string;
  readonly name: string;
  readonly url: string;
  readonly documentVersion: number;
  readonly latestDocumentVersion: number;
  readonly ownerId: string;
  readonly folderId: string;
  readonly schemaVersion: 1;
  readonly pages: { readonly id: string; readonly name: string; readonly elements: SpecElementEntry[] }[];
}

export function specAnswer(organization: Organization, document: Workbook | DataModel): SpecAnswer {
  const isModel = document.kind === "dataModel";
  return {
    ...(isModel ? { dataModelId: document.id } : { workbookId: document.id }),
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
      elements: elements.map(elementEntry),
    })),
  };
}

function elementEntry(element: Element): SpecElementEntry {
  const { id, type: kind, name, columns, sources } = element;
  if (sources.length === 0) return { id, kind, name };
  return {
    id,
    kind,
    name,
    source: sourceOf(element),
    columns: columns.map((column) => ({ id: column.id, name: column.name, formula: column.formula })),
  };
}

function sourceOf({ sources, lookups, combination, columns }: Element): SpecSource {
  const [first, ...others] = sources;
  if (first === undefined) throw new Error("The element has no source.");
  if (combination === "union" && others.length > 0) {
    return {
      kind: "union",
      sources: sources.map(partOf),
      matches: columns.map(({ name }) => ({
        outputColumnName: name,
        sourceColumns: sources.map((source) => (availableColumns(source).has(name) ? name : null)),
      })),
    };
  }
  const joined = [...others, ...lookups];
  if (joined.length === 0) return partOf(first);
  return {
    kind: "join",
    primarySource: partOf(first),
    joins: joined.map((right) => ({
      left: partOf(first),
      right: partOf(right),
      joinType: "left-outer",
      columns: [{ left: `[${keyOf(first)}]`, right: `[${keyOf(right)}]` }],
    })),
  };
}

/** The first column of a source as its join key. */
function keyOf(source: Source): string {
  const [key = "Id"] = availableColumns(source).keys();
  return `${formulaName(source)}/${key}`;
}

function partOf(source: Source): SpecPart {
  switch (source.kind) {
    case "table":
      return { kind: "warehouse-table", connectionId: source.connection.id, path: [...source.path] };
    case "sql":
      return { kind: "sql", connectionId: source.connection.id, statement: source.definition };
    case "element":
      return { kind: "table", elementId: source.id };
    case "modelElement":
      return { kind: "data-model", dataModelId: source.model.id, elementId: source.element.id };
    case "dataset":
      return { kind: "dataset", datasetId: source.id };
  }
}
