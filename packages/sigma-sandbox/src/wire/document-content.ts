import type {
  DataModel,
  Element,
  MaterializationSchedule,
  Member,
  Page,
  Workbook,
} from "../organization/organization.ts";
import { elementsOf } from "../organization/organization.ts";
import { elementSql } from "./element-sql.ts";

export interface PageEntry {
  readonly pageId: string;
  readonly name: string;
}

export function pageEntry(page: Page): PageEntry {
  return { pageId: page.id, name: page.name };
}

export interface ElementEntry {
  readonly elementId: string;
  readonly type: string;
  readonly name?: string;
  readonly vizualizationType?: string;
  readonly columns?: string[];
}

export function elementEntry(element: Element): ElementEntry {
  // An element without a name lacks the field.
  const name = element.name === "" ? {} : { name: element.name };
  if (element.vizualizationType === null) return { elementId: element.id, type: element.type, ...name };
  return {
    elementId: element.id,
    type: element.type,
    ...name,
    columns: element.columns.map((column) => column.name),
    vizualizationType: element.vizualizationType,
  };
}

export interface ColumnEntry {
  readonly columnId: string;
  readonly name: string;
  readonly formula: string;
  readonly type: { readonly type: string };
  readonly elementId: string;
}

/** The columns of all elements of a document. */
export function columnEntries(document: Workbook | DataModel): ColumnEntry[] {
  return elementsOf(document).flatMap((element) =>
    element.columns.map(({ id, name, formula, type }) => ({
      columnId: id,
      formula,
      type: { type },
      name,
      elementId: element.id,
    })),
  );
}

export interface ElementColumnEntry {
  readonly columnId: string;
  readonly label: string;
  readonly formula: string;
  readonly type: { readonly type: string };
}

/** The columns of one element, with `label` instead of `name`. */
export function elementColumnEntries(element: Element): ElementColumnEntry[] {
  return element.columns.map(({ id, name, formula, type }) => ({
    columnId: id,
    formula,
    type: { type },
    label: name,
  }));
}

export interface QueryEntry {
  readonly elementId: string;
  readonly name: string;
  readonly sql: string;
}

/** Null for an element that shows no data. */
export function queryEntry(element: Element, requestId: string, askedBy: Member): QueryEntry | null {
  if (element.sources.length === 0) return null;
  const comment = `-- Sigma Σ ${JSON.stringify({ "request-id": requestId, email: askedBy.email })}`;
  return {
    elementId: element.id,
    name: element.name,
    sql: `${elementSql(element)} limit 1000\n\n${comment}`,
  };
}

export interface MaterializationScheduleEntry {
  readonly sheetId: string;
  readonly elementId: string;
  readonly elementName: string;
  readonly schedule: { readonly cronSpec: string; readonly timezone: string };
  readonly configuredAt: string;
  readonly paused: boolean;
}

export function scheduleEntry(schedule: MaterializationSchedule): MaterializationScheduleEntry {
  const { element, cronSpec, timezone, configuredAt, paused, isByNameOnly } = schedule;
  const { id: elementId, sheetId, name: elementName } = element;
  const byName = { elementName, schedule: { cronSpec, timezone }, configuredAt, paused };
  // The vendor's types require the ids, which some responses lack.
  return isByNameOnly === true ? (byName as MaterializationScheduleEntry) : { sheetId, elementId, ...byName };
}
