import type { AnswerField, Json, ObjectType } from "./answer-type.ts";

/** A route of Sigma's documentation that the types of the package lack. */
export interface DocumentedRoute {
  readonly method: string;
  readonly route: string;
  /** Where Sigma documents it: pages of help.sigmacomputing.com/reference, or a copy of its OpenAPI description. */
  readonly source: string;
  /** Date of the copy that was read; an ISO date, or its month. */
  readonly date: string;
}

const indexOfReference =
  "index of help.sigmacomputing.com/reference in the Python package mcp-server-sigma 2.1.1";

export const documentedRoutes: readonly DocumentedRoute[] = [
  {
    method: "GET",
    route: "/v2/reports/{reportId}/elements",
    source: `list-report-elements, ${indexOfReference}`,
    date: "2026-08",
  },
  {
    method: "GET",
    route: "/v2/reports/{reportId}/columns",
    source: `list-report-columns, ${indexOfReference}`,
    date: "2026-08",
  },
  {
    method: "GET",
    route: "/v2/reports/{reportId}/lineage",
    source: `list-report-lineage-tree, ${indexOfReference}`,
    date: "2026-08",
  },
];

const wholeDocument = ["/v2/workbooks/{workbookId}/lineage", "/v2/dataModels/{dataModelId}/lineage"];
const schedules = [
  "/v2/workbooks/{workbookId}/materialization-schedules",
  "/v2/dataModels/{dataModelId}/materializationSchedules",
];

const text = (name: string): AnswerField => ({ name, type: { kind: "text" }, isOptional: false });
const textOrNull = (name: string): AnswerField => ({
  name,
  type: { kind: "oneOf", arms: [{ kind: "text" }, { kind: "value", value: null }] },
  isOptional: false,
});

function source(type: string, ...ids: readonly string[]): ObjectType {
  const kind: AnswerField = { name: "type", type: { kind: "value", value: type }, isOptional: false };
  const fields = [kind, ...ids.map(text), textOrNull("name"), textOrNull("connectionId")];
  return { kind: "object", fields, values: null };
}

/** Kinds of rows in the OpenAPI description of 2026-09 that the types of the package lack. */
export function documentedArms(route: string): readonly ObjectType[] {
  if (wholeDocument.includes(route))
    return [
      source("csv-upload", "csvId"),
      source("semantic-view", "semanticViewId", "semanticViewTable"),
      source("sql-document", "sqlDocumentId"),
    ];
  if (schedules.includes(route))
    return [
      {
        kind: "object",
        fields: [
          ...["sheetId", "elementId", "elementName", "configuredAt"].map(text),
          { name: "schedule", type: { kind: "value", value: null }, isOptional: false },
          { name: "paused", type: { kind: "flag" }, isOptional: false },
        ],
        values: null,
      },
    ];
  return [];
}

/** Values of fields that the types describe as text only. */
const values: Readonly<Record<string, readonly Json[]>> = {
  vizualizationType: ["levelTable", "pivotTable", "bar", "line", "pie", "kpi", "area", "combo", "scatter"],
  badge: ["Endorsed", "Warning", "Deprecated"],
  status: ["pending", "building", "ready", "failed", "expired", "canceled", "skipped"],
};

export function documentedValues(field: string): readonly Json[] {
  return values[field] ?? [];
}

/** Values of `type` on routes whose types describe it as text only. */
export function documentedTypes(route: string): readonly string[] {
  return types[route] ?? [];
}

const elementTypes = [
  "table",
  "visualization",
  "pivot-table",
  "input-table",
  "viz",
  "text",
  "image",
  "control",
  "button",
  "embed",
  "line",
  "container",
];

const types: Readonly<Record<string, readonly string[]>> = {
  "/v2/workbooks/{workbookId}/elements": elementTypes,
  "/v2/workbooks/{workbookId}/pages/{pageId}/elements": elementTypes,
  "/v2/dataModels/{dataModelId}/elements": elementTypes,
  "/v2/connections": [
    "snowflake",
    "bigQuery",
    "redshift",
    "databricks",
    "postgres",
    "mysql",
    "athena",
    "spark",
    "trino",
    "presto",
    "synapse",
    "azureSql",
    "alloydb",
  ],
};
