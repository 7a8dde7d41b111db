import type { SigmaClient } from "@dagster-sigma/sigma-client";

type Call = (client: SigmaClient) => Promise<unknown>;

const documents = { workbooks: "workbookId", dataModels: "dataModelId", reports: "reportId" } as const;

/** Every GET request of our client, by its route as in Sigma's documentation. The id in every path is `x`. */
export const clientCalls: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(
    Object.entries(documents).flatMap(([collection, id]): readonly (readonly [string, Call])[] => {
      const calls = (client: SigmaClient): SigmaClient[keyof typeof documents] =>
        client[collection as keyof typeof documents];
      const route = `/v2/${collection}`;
      return [
        [route, (client) => calls(client).list().toArray()],
        [`${route}/{${id}}`, (client) => calls(client).get("x")],
        [`${route}/{${id}}/elements`, (client) => calls(client).elements("x").toArray()],
        [`${route}/{${id}}/columns`, (client) => calls(client).columns("x").toArray()],
        [`${route}/{${id}}/lineage`, (client) => calls(client).lineage("x").toArray()],
      ];
    }),
  ),
  "/v2/whoami": (client) => client.whoami(),
  "/v2/workbooks/{workbookId}/pages": ({ workbooks }) => workbooks.pages("x").toArray(),
  "/v2/workbooks/{workbookId}/pages/{pageId}/elements": ({ workbooks }) =>
    workbooks.pageElements("x", "x").toArray(),
  "/v2/workbooks/{workbookId}/elements/{elementId}/columns": ({ workbooks }) =>
    workbooks.elementColumns("x", "x").toArray(),
  "/v2/workbooks/{workbookId}/elements/{elementId}/query": ({ workbooks }) =>
    workbooks.elementQuery("x", "x"),
  "/v2/workbooks/{workbookId}/lineage/elements/{elementId}": ({ workbooks }) =>
    workbooks.elementLineage("x", "x"),
  "/v2/workbooks/{workbookId}/sources": ({ workbooks }) => workbooks.sources("x").toArray(),
  "/v2/workbooks/{workbookId}/queries": ({ workbooks }) => workbooks.queries("x").toArray(),
  "/v2/workbooks/{workbookId}/tags": ({ workbooks }) => workbooks.tags("x").toArray(),
  "/v2/workbooks/{workbookId}/version-history": ({ workbooks }) => workbooks.versionHistory("x").toArray(),
  "/v2/workbooks/{workbookId}/materialization-schedules": ({ workbooks }) =>
    workbooks.materializationSchedules("x").toArray(),
  "/v2/workbooks/{workbookId}/materializations/{materializationId}": ({ workbooks }) =>
    workbooks.materialization("x", "x"),
  "/v2/dataModels/{dataModelId}/sources": ({ dataModels }) => dataModels.sources("x").toArray(),
  "/v2/dataModels/{dataModelId}/tags": ({ dataModels }) => dataModels.tags("x").toArray(),
  "/v2/dataModels/{dataModelId}/materializationSchedules": ({ dataModels }) =>
    dataModels.materializationSchedules("x").toArray(),
  "/v2/dataModels/{dataModelId}/materializations/{materializationId}": ({ dataModels }) =>
    dataModels.materialization("x", "x"),
  "/v2/datasets": ({ datasets }) => datasets.list().toArray(),
  "/v2/datasets/{datasetId}": ({ datasets }) => datasets.get("x"),
  "/v2/datasets/{datasetId}/sources": ({ datasets }) => datasets.sources("x").toArray(),
  "/v2/datasets/{datasetId}/materialization": ({ datasets }) => datasets.materializations("x").toArray(),
  "/v2/files": ({ files }) => files.list().toArray(),
  "/v2/files/{inodeId}": ({ files }) => files.get("x"),
  "/v2/connections": ({ connections }) => connections.list().toArray(),
  "/v2/connections/{connectionId}": ({ connections }) => connections.get("x"),
  "/v2/connections/paths": ({ connections }) => connections.paths().toArray(),
  "/v2/connections/paths/{inodeId}": ({ connections }) => connections.path("x"),
  "/v2/connections/tables/{tableId}/columns": ({ connections }) => connections.tableColumns("x").toArray(),
  "/v2/members": ({ members }) => members.list().toArray(),
  "/v2/members/{memberId}": ({ members }) => members.get("x"),
  "/v2/teams": ({ teams }) => teams.list().toArray(),
  "/v2/teams/{teamId}": ({ teams }) => teams.get("x"),
  "/v2/teams/{teamId}/members": ({ teams }) => teams.members("x").toArray(),
  "/v2/workspaces": ({ workspaces }) => workspaces.list().toArray(),
  "/v2/workspaces/{workspaceId}": ({ workspaces }) => workspaces.get("x"),
  "/v2/tags": ({ versionTags }) => versionTags.list().toArray(),
  "/v2/tags/{tagId}/workbooks": ({ versionTags }) => versionTags.workbooks("x").toArray(),
};
