import type { DataModel, Organization, Workbook } from "../../organization/organization.ts";
import { Refusal } from "../refusal.ts";

/** A row or an object as the API returns it. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** What a changed answer is about. */
export interface AnswerContext {
  /** The served organization. */
  readonly organization: Organization;
  /** The workbook or data model of the request; null for other routes. */
  readonly document: Workbook | DataModel | null;
  /** Returns a path parameter by its name in the route; empty without it. */
  readonly part: (name: string) => string;
}

/**
 * Changes the rows of a route, or throws a refusal. The rows are those of all pages; a route that returns one object
 * has one row.
 */
export type AnswerChange = (rows: readonly AnswerRow[], context: AnswerContext) => readonly AnswerRow[];

/** Changes by route as in Sigma's documentation, for example `/v2/workbooks/{workbookId}/lineage`. */
export type ChangedAnswers = Readonly<Record<string, AnswerChange>>;

/** A form of answers, with the routes that have it. */
export interface WireForm {
  /** What the API returns, and who observed it. */
  readonly about: string;
  /** The changed answers. */
  readonly answers: ChangedAnswers;
}

/** The same change on several routes. */
export function on(routes: readonly string[], change: AnswerChange): ChangedAnswers {
  return Object.fromEntries(routes.map((route) => [route, change]));
}

/** Refuses routes. */
export function refused(routes: readonly string[], status: number, code: string): ChangedAnswers {
  return on(routes, () => {
    throw new Refusal(status, code, `The sandbox refuses this route (${code})`);
  });
}

export const documentLineage: readonly [string, string] = [
  "/v2/workbooks/{workbookId}/lineage",
  "/v2/dataModels/{dataModelId}/lineage",
];

export const documentSources: readonly [string, string] = [
  "/v2/workbooks/{workbookId}/sources",
  "/v2/dataModels/{dataModelId}/sources",
];

export const elementLineage: "/v2/workbooks/{workbookId}/lineage/elements/{elementId}" =
  "/v2/workbooks/{workbookId}/lineage/elements/{elementId}";
