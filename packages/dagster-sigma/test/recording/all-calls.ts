import type { SigmaClient } from "@dagster-sigma/sigma-client";
import { canary, canaryName, canaryNumber } from "./canaries.ts";

type Call = (client: SigmaClient) => Promise<unknown>;

const all = (listing: { toArray(): Promise<unknown> }): Promise<unknown> => listing.toArray();

/** Every call of the client, by resource and method, with canaries in all ids and parameters. */
const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = {
  workbooks: {
    ...documentCalls("workbooks"),
    pages: ({ workbooks }) => all(workbooks.pages(canary())),
    pageElements: ({ workbooks }) => all(workbooks.pageElements(canary(), canary())),
    elementColumns: ({ workbooks }) => all(workbooks.elementColumns(canary(), canaryName())),
    elementLineage: ({ workbooks }) => workbooks.elementLineage(canary(), canaryNumber),
    sources: ({ workbooks }) => all(workbooks.sources(canary())),
    queries: ({ workbooks }) => all(workbooks.queries(canary())),
    elementQuery: ({ workbooks }) => workbooks.elementQuery(canary(), canary()),
    tags: ({ workbooks }) => all(workbooks.tags(canary())),
    versionHistory: ({ workbooks }) => all(workbooks.versionHistory(canary())),
    materializationSchedules: ({ workbooks }) => all(workbooks.materializationSchedules(canary())),
    startMaterialization: ({ workbooks }) => workbooks.startMaterialization(canary(), canary()),
  },
  dataModels: {
    ...documentCalls("dataModels"),
    sources: ({ dataModels }) => all(dataModels.sources(canary())),
    tags: ({ dataModels }) => all(dataModels.tags(canary())),
    materializationSchedules: ({ dataModels }) => all(dataModels.materializationSchedules(canary())),
    startMaterialization: ({ dataModels }) => dataModels.startMaterialization(canary(), canary()),
  },
  reports: documentCalls("reports"),
  datasets: {
    list: ({ datasets }) => all(datasets.list({ skipPermissionCheck: true })),
    get: ({ datasets }) => datasets.get(canary()),
    sources: ({ datasets }) => all(datasets.sources(canary())),
    materializations: ({ datasets }) => all(datasets.materializations(canary())),
  },
  files: {
    list: ({ files }) =>
      all(files.list({ typeFilters: ["table", canary()], name: canary(), parentId: canary() })),
    get: ({ files }) => files.get(canary()),
  },
  connections: {
    list: ({ connections }) => all(connections.list({ includeArchived: true })),
    get: ({ connections }) => connections.get(canary()),
    paths: ({ connections }) => all(connections.paths({ connectionId: canary() })),
    path: ({ connections }) => connections.path(canary()),
    tableColumns: ({ connections }) => all(connections.tableColumns(canary())),
  },
  members: {
    list: ({ members }) => all(members.list({ email: `${canary()}@example.com`, includeArchived: true })),
    get: ({ members }) => members.get(canary()),
  },
  teams: {
    list: ({ teams }) => all(teams.list({ name: canary() })),
    get: ({ teams }) => teams.get(canary()),
    members: ({ teams }) => all(teams.members(canary())),
  },
  workspaces: {
    list: ({ workspaces }) => all(workspaces.list({ name: canary() })),
    get: ({ workspaces }) => workspaces.get(canary()),
  },
  versionTags: {
    list: ({ versionTags }) => all(versionTags.list({ search: canary() })),
    workbooks: ({ versionTags }) => all(versionTags.workbooks(canary())),
  },
};

function documentCalls(collection: "workbooks" | "dataModels" | "reports"): Readonly<Record<string, Call>> {
  return {
    list: (client) => all(client[collection].list()),
    get: (client) => client[collection].get(canary()),
    elements: (client) => all(client[collection].elements(canary())),
    columns: (client) => all(client[collection].columns(canary())),
    lineage: (client) => all(client[collection].lineage(canary())),
    spec: (client) => client[collection].spec(canary()),
    materialization: (client) => client[collection].materialization(canary(), canary()),
  };
}

/** Makes every call; failures do not matter. */
export async function makeAllCalls(client: SigmaClient): Promise<void> {
  const resources = Object.values(calls).flatMap((methods) => Object.values(methods));
  const made = [client.whoami(), ...resources.map((call) => call(client))];
  await Promise.allSettled(made);
}

/** Methods of the client's resources that {@link makeAllCalls} does not call. */
export function uncalledMethods(client: SigmaClient): readonly string[] {
  const resources = Object.entries(client).filter(([, resource]) => typeof resource === "object");
  return resources.flatMap(([name, resource]) =>
    methodsOf(resource as object)
      .filter((method) => calls[name]?.[method] === undefined)
      .map((method) => `${name}.${method}`),
  );
}

/** Public methods, those of base classes included; protected ones are named here. */
function methodsOf(resource: object): readonly string[] {
  const names: string[] = [];
  for (
    let type = Object.getPrototypeOf(resource);
    type !== Object.prototype;
    type = Object.getPrototypeOf(type)
  )
    names.push(...Object.getOwnPropertyNames(type));
  const others = new Set(["constructor", "rows", "start", "path"]);
  return [...new Set(names)].filter(
    (name) => !others.has(name) || (name === "path" && "tableColumns" in resource),
  );
}
