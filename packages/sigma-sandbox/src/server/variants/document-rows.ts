import { documentLineage, on, type WireForm } from "./answer-change.ts";

const models = ["/v2/dataModels", "/v2/dataModels/{dataModelId}"];
const ofDocuments = ["/v2/workbooks/{workbookId}", "/v2/dataModels/{dataModelId}"];
const content = ofDocuments.flatMap((route) => [`${route}/elements`, `${route}/columns`]);

/** Forms of documents, their content and tables. */
export const documentRows: Readonly<
  Record<"emptyPaths" | "modelsWithUrlId" | "modelsWithoutUrlId" | "repeatedRows", WireForm>
> = {
  emptyPaths: {
    about: "The paths of tables are empty lists, which Sigma's OpenAPI types allow.",
    answers: on(["/v2/connections/paths", "/v2/connections/paths/{inodeId}"], (rows) =>
      rows.map((row) => (Array.isArray(row["path"]) && row["path"].length > 2 ? { ...row, path: [] } : row)),
    ),
  },
  modelsWithUrlId: {
    about: "Data models have `urlId` instead of `dataModelUrlId` (DataHub).",
    answers: on(models, (rows) =>
      rows.map(({ dataModelUrlId, ...row }) => ({ ...row, urlId: dataModelUrlId })),
    ),
  },
  modelsWithoutUrlId: {
    about: "Data models have a null `dataModelUrlId` (DataHub).",
    answers: on(models, (rows) => rows.map((row) => ({ ...row, dataModelUrlId: null }))),
  },
  repeatedRows: {
    about: "Every document, element, column and row of lineage is returned twice.",
    answers: on(["/v2/workbooks", "/v2/dataModels", "/v2/datasets", ...content, ...documentLineage], (rows) =>
      rows.flatMap((row) => [row, row]),
    ),
  },
};
