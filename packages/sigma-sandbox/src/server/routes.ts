import { randomUUID } from "node:crypto";
import type { DataModel, Workbook } from "../organization/organization.ts";
import { elementsOf } from "../organization/organization.ts";
import type {
  ArrayRoutes,
  ObjectRoutes,
  PagedRoutes,
  PostRoutes,
  TokenPagedRoutes,
} from "../wire/answers.ts";
import { connectionEntry, connectionPathEntries, tableColumnEntries } from "../wire/connections.ts";
import { datasetEntry, datasetRunEntries, datasetSourceEntries } from "../wire/datasets.ts";
import {
  columnEntries,
  elementColumnEntries,
  elementEntry,
  pageEntry,
  queryEntry,
  scheduleEntry,
} from "../wire/document-content.ts";
import {
  dataModelEntry,
  dataModelTagEntries,
  versionEntries,
  workbookEntry,
  workbookTagEntries,
} from "../wire/documents.ts";
import { type FileEntry, fileEntries } from "../wire/files.ts";
import {
  dataModelSourceEntries,
  elementLineageAnswer,
  lineageEntries,
  workbookSourceEntries,
} from "../wire/lineage.ts";
import { memberEntry, teamEntry, teamMemberEntries } from "../wire/people.ts";
import { versionTagEntry, workspaceEntries } from "../wire/places.ts";
import { dataModelSpecAnswer, workbookSpecAnswer } from "../wire/spec.ts";
import type { Directory } from "./directory.ts";
import type { Materializations } from "./materializations.ts";
import { notFound, Refusal } from "./refusal.ts";
import type { VariantRule } from "./variant-rule.ts";

/** The input of a route handler. */
export interface RouteContext {
  readonly directory: Directory;
  readonly materializations: Materializations;
  readonly variants: readonly VariantRule[];
  readonly path: string;
  /** Returns a path parameter by its name in the route. */
  readonly part: (name: string) => string;
  readonly query: URLSearchParams;
  /** JSON body of a POST. */
  readonly body: unknown;
}

type ManyRows<Routes> = {
  readonly [Route in keyof Routes]: (context: RouteContext) => readonly Routes[Route][];
};
type OneObject<Routes> = { readonly [Route in keyof Routes]: (context: RouteContext) => Routes[Route] };

/** The member whose e-mail address appears in SQL comments; a fictional member of the sample company. */
const askedBy = (context: RouteContext): Workbook["owner"] => {
  const [member] = context.directory.organization.members;
  if (member === undefined) throw notFound();
  return member;
};

const workbook = ({ directory, part }: RouteContext): Workbook => directory.workbook(part("workbookId"));
const dataModel = ({ directory, part }: RouteContext): DataModel => directory.dataModel(part("dataModelId"));

/** For a document without data elements, Sigma returns 400 instead of an empty lineage. */
function requireData<Document extends Workbook | DataModel>(document: Document): Document {
  if (elementsOf(document).some((element) => element.sources.length > 0)) return document;
  throw new Refusal(400, "invalid_request", "The document has no lineage graph");
}

export const pagedRoutes: ManyRows<PagedRoutes> = {
  "/v2/workbooks": ({ directory, query }) => {
    const archived = query.get("isArchived") === "true";
    return directory.organization.workbooks
      .filter((candidate) => candidate.isArchived === archived)
      .map((candidate) => workbookEntry(directory.organization, candidate));
  },
  "/v2/workbooks/{workbookId}/pages": (context) => workbook(context).content.pages.map(pageEntry),
  "/v2/workbooks/{workbookId}/pages/{pageId}/elements": (context) => {
    const page = workbook(context).content.pages.find(({ id }) => id === context.part("pageId"));
    if (page === undefined) throw notFound();
    return page.elements.map(elementEntry);
  },
  "/v2/workbooks/{workbookId}/elements": (context) => elementsOf(workbook(context)).map(elementEntry),
  "/v2/workbooks/{workbookId}/elements/{elementId}/columns": (context) =>
    elementColumnEntries(context.directory.element(workbook(context), context.part("elementId"))),
  "/v2/workbooks/{workbookId}/columns": (context) => columnEntries(workbook(context)),
  "/v2/workbooks/{workbookId}/lineage": (context) => lineageEntries(requireData(workbook(context))),
  "/v2/workbooks/{workbookId}/queries": (context) =>
    elementsOf(workbook(context)).flatMap(
      (element) => queryEntry(element, randomUUID(), askedBy(context)) ?? [],
    ),
  "/v2/workbooks/{workbookId}/tags": (context) => workbookTagEntries(workbook(context)),
  "/v2/workbooks/{workbookId}/version-history": (context) => versionEntries(workbook(context)),
  "/v2/workbooks/{workbookId}/materialization-schedules": (context) =>
    workbook(context).content.schedules.map(scheduleEntry),
  "/v2/dataModels": ({ directory }) =>
    directory.organization.dataModels
      .filter((model) => model.isListed)
      .map((model) => dataModelEntry(directory.organization, model)),
  "/v2/dataModels/{dataModelId}/elements": (context) => elementsOf(dataModel(context)).map(elementEntry),
  "/v2/dataModels/{dataModelId}/columns": (context) => columnEntries(dataModel(context)),
  "/v2/dataModels/{dataModelId}/lineage": (context) => lineageEntries(requireData(dataModel(context))),
  "/v2/dataModels/{dataModelId}/tags": (context) => dataModelTagEntries(dataModel(context)),
  "/v2/datasets": ({ directory }) =>
    directory.organization.datasets.map((dataset) => datasetEntry(directory.organization, dataset)),
  "/v2/datasets/{datasetId}/materialization": ({ directory, part }) =>
    datasetRunEntries(directory.dataset(part("datasetId"))),
  "/v2/files": ({ directory, query }) => {
    const types = new Set(query.getAll("typeFilters"));
    const shown: readonly FileEntry["type"][] = ["workbook", "folder", "data-model", "dataset"];
    return fileEntries(directory.organization).filter(({ type }) =>
      types.size === 0 ? shown.includes(type) : types.has(type),
    );
  },
  "/v2/connections": ({ directory }) =>
    directory.organization.connections.map((connection) =>
      connectionEntry(directory.organization, connection),
    ),
  "/v2/connections/paths": ({ directory, query }) => {
    const connectionId = query.get("connectionId");
    return connectionPathEntries(directory.organization).filter(
      (path) => connectionId === null || path.connectionId === connectionId,
    );
  },
  "/v2/members": ({ directory, query }) =>
    directory.organization.members
      .filter(({ isArchived }) => !isArchived || query.get("includeArchived") === "true")
      .filter(({ isInactive }) => !isInactive || query.get("includeInactive") === "true")
      .map((member) => memberEntry(directory.organization, member)),
  "/v2/teams": ({ directory }) => directory.organization.teams.map(teamEntry),
  "/v2/teams/{teamId}/members": ({ directory, part }) => teamMemberEntries(directory.team(part("teamId"))),
  "/v2/workspaces": ({ directory }) => workspaceEntries(directory.organization),
  "/v2/tags": ({ directory }) => directory.organization.versionTags.map(versionTagEntry),
  "/v2/tags/{tagId}/workbooks": ({ directory, part }) =>
    directory.organization.workbooks
      .filter(({ tags }) => tags.some(({ tag }) => tag.id === part("tagId")))
      .map((candidate) => workbookEntry(directory.organization, candidate)),
};

/** Routes with opaque cursors. */
export const opaqueCursorRoutes: ReadonlySet<string> = new Set<keyof PagedRoutes>([
  "/v2/workbooks/{workbookId}/columns",
  "/v2/workbooks/{workbookId}/queries",
  "/v2/dataModels/{dataModelId}/columns",
]);

/** Routes whose rows change with each request. */
export const changingRoutes: ReadonlySet<string> = new Set<keyof PagedRoutes>([
  "/v2/workbooks/{workbookId}/queries",
]);

export const tokenPagedRoutes: ManyRows<TokenPagedRoutes> = {
  "/v2/dataModels/{dataModelId}/sources": (context) => dataModelSourceEntries(dataModel(context)),
  "/v2/dataModels/{dataModelId}/materializationSchedules": (context) =>
    dataModel(context).content.schedules.map(scheduleEntry),
  "/v2/connections/tables/{tableId}/columns": ({ directory, part }) =>
    tableColumnEntries(directory.table(part("tableId"))),
};

export const arrayRoutes: ManyRows<ArrayRoutes> = {
  "/v2/workbooks/{workbookId}/sources": (context) => workbookSourceEntries(workbook(context)),
  "/v2/datasets/{datasetId}/sources": ({ directory, part, query }) => {
    if (query.size > 0) throw new Refusal(400, "invalid_request", "Unknown query parameter");
    const dataset = directory.dataset(part("datasetId"));
    if (dataset.isArchived) throw new Refusal(409, "inode_archived", "The dataset is archived");
    return datasetSourceEntries(dataset);
  },
};

export const objectRoutes: OneObject<ObjectRoutes> = {
  "/v2/whoami": (context) => ({
    userId: askedBy(context).id,
    organizationId: context.directory.organization.id,
  }),
  "/v2/workbooks/{workbookId}": (context) => workbookEntry(context.directory.organization, workbook(context)),
  "/v2/workbooks/{workbookId}/elements/{elementId}/query": (context) => {
    const element = context.directory.element(workbook(context), context.part("elementId"));
    const query = queryEntry(element, randomUUID(), askedBy(context));
    if (query === null) throw notFound();
    return query;
  },
  "/v2/workbooks/{workbookId}/lineage/elements/{elementId}": (context) => {
    const element = context.directory.element(workbook(context), context.part("elementId"));
    // Sigma returns 500 for the lineage of a text, and 400 for other elements without data.
    if (element.type === "text") throw new Refusal(500, "internal_error", "Internal error");
    if (element.sources.length === 0) throw new Refusal(400, "invalid_request", "Unsupported element");
    return elementLineageAnswer(workbook(context), element);
  },
  "/v2/workbooks/{workbookId}/spec": (context) =>
    workbookSpecAnswer(context.directory.organization, workbook(context)),
  "/v2/dataModels/{dataModelId}/spec": (context) =>
    dataModelSpecAnswer(context.directory.organization, dataModel(context)),
  "/v2/workbooks/{workbookId}/materializations/{materializationId}": (context) =>
    context.materializations.status(workbook(context), context.part("materializationId")),
  "/v2/dataModels/{dataModelId}": (context) =>
    dataModelEntry(context.directory.organization, dataModel(context)),
  "/v2/dataModels/{dataModelId}/materializations/{materializationId}": (context) =>
    context.materializations.status(dataModel(context), context.part("materializationId")),
  "/v2/datasets/{datasetId}": ({ directory, part }) =>
    datasetEntry(directory.organization, directory.dataset(part("datasetId"))),
  "/v2/files/{inodeId}": ({ directory, part }) => directory.file(part("inodeId")),
  "/v2/connections/{connectionId}": ({ directory, part }) =>
    connectionEntry(directory.organization, directory.connection(part("connectionId"))),
  "/v2/connections/paths/{inodeId}": ({ directory, part }) => {
    const { connection, path } = directory.table(part("inodeId"));
    return { connectionId: connection.id, path: [...path] };
  },
  "/v2/members/{memberId}": ({ directory, part }) =>
    memberEntry(directory.organization, directory.member(part("memberId"))),
  "/v2/teams/{teamId}": ({ directory, part }) => {
    const team = directory.team(part("teamId"));
    return { ...teamEntry(team), members: team.members.map(({ id }) => id) };
  },
  "/v2/workspaces/{workspaceId}": ({ directory, part }) =>
    first(workspaceEntries(directory.organization), ({ workspaceId, workspaceUrlId }) =>
      [workspaceId, workspaceUrlId].includes(part("workspaceId")),
    ),
};

export const postRoutes: OneObject<PostRoutes> = {
  "/v2/workbooks/{workbookId}/materializations": (context) =>
    context.materializations.start(workbook(context), sheetIdOf(context.body)),
  "/v2/dataModels/{dataModelId}:materialize": (context) =>
    context.materializations.start(dataModel(context), sheetIdOf(context.body)),
};

function sheetIdOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "sheetId" in body ? body.sheetId : undefined;
}

function first<Thing>(things: readonly Thing[], fits: (thing: Thing) => boolean): Thing {
  const found = things.find(fits);
  if (found === undefined) throw notFound();
  return found;
}
