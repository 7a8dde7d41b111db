import {
  documentLineage,
  documentSources,
  elementLineage,
  on,
  refused,
  type WireForm,
} from "./answer-change.ts";

const paths = "/v2/connections/paths";
const path = "/v2/connections/paths/{inodeId}";
const files = "/v2/files";
const file = "/v2/files/{inodeId}";
const queries = "/v2/workbooks/{workbookId}/queries";
const elementQuery = "/v2/workbooks/{workbookId}/elements/{elementId}/query";
const workbookLineage = [documentLineage[0], documentSources[0]];

/** Routes that these credentials or this organization do not have. */
export const refusedRoutes: Readonly<
  Record<
    | "pathListingForbidden"
    | "pathListingMissing"
    | "pathListingArchived"
    | "pathListingTimesOut"
    | "pathLookupsForbidden"
    | "fileListingForbidden"
    | "fileLookupsForbidden"
    | "forbiddenDataModel"
    | "brokenModelLineage"
    | "emptyLineage"
    | "onlyElementLineage"
    | "onlyQueries"
    | "onlyElementQueries",
    WireForm
  >
> = {
  pathListingForbidden: {
    about: "The listing of paths is refused with 403 (castor, DataHub); single lookups answer.",
    answers: refused([paths], 403, "forbidden"),
  },
  pathListingMissing: {
    about: "The listing of paths is refused with 404, as an older API does; single lookups answer.",
    answers: refused([paths], 404, "not_found"),
  },
  pathListingArchived: {
    about: "The listing of paths is refused with 409, because a connection is archived (DataHub).",
    answers: refused([paths], 409, "inode_archived"),
  },
  pathListingTimesOut: {
    about: "Sigma gives up computing the listing of paths: 402 with the code `timedout` (castor).",
    answers: refused([paths], 402, "timedout"),
  },
  pathLookupsForbidden: {
    about: "Single paths are refused with 403 (castor).",
    answers: refused([path], 403, "forbidden"),
  },
  fileListingForbidden: {
    about: "The listing of files is refused with 403; single files answer.",
    answers: refused([files], 403, "forbidden"),
  },
  fileLookupsForbidden: {
    about: "Single files are refused with 403.",
    answers: refused([file], 403, "forbidden"),
  },
  forbiddenDataModel: {
    about: "A data model and its content are refused with 403, although others read it (DataHub).",
    answers: refused(
      ["", "/elements", "/columns", "/lineage", "/sources", "/tags"].map(
        (part) => `/v2/dataModels/{dataModelId}${part}`,
      ),
      403,
      "forbidden",
    ),
  },
  brokenModelLineage: {
    about: "The lineage of a data model is refused with 500, because one of its sources is broken (castor).",
    answers: refused([documentLineage[1]], 500, "internal_error"),
  },
  emptyLineage: {
    about: "The lineage of a whole document has no rows, although its elements show data.",
    answers: on(documentLineage, () => []),
  },
  onlyElementLineage: {
    about:
      "Only the lineage of single elements answers; that of whole workbooks is refused with 400 (DataHub).",
    answers: refused(workbookLineage, 400, "invalid_request"),
  },
  onlyQueries: {
    about: "Only the SQL of the elements of a whole workbook answers; all lineage is refused.",
    answers: refused([...workbookLineage, elementLineage, elementQuery], 403, "forbidden"),
  },
  onlyElementQueries: {
    about: "Only the SQL of single elements answers; all lineage and the SQL of whole workbooks is refused.",
    answers: refused([...workbookLineage, elementLineage, queries], 403, "forbidden"),
  },
};
