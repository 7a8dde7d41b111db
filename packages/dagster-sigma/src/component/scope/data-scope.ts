import type { SigmaOrganizationData, SigmaTable, SigmaTranslatorData } from "@dagster-sigma/sigma-assets";
import { type Members, ScopeObject, type TemplateValue } from "../template/scope-object.ts";
import { jsonValue } from "./json-value.ts";

/** A document without its organization. */
type DocumentData = Omit<SigmaTranslatorData, "organization">;

/** Names of `data`, of all kinds of documents. */
export const dataMembers: readonly string[] = [
  "badge",
  "columns",
  "data_model",
  "dataset",
  "datasets",
  "direct_table_deps",
  "id",
  "inputs",
  "lineage",
  "materialization_schedules",
  "name",
  "organization_data",
  "owner_email",
  "path",
  "properties",
  "type",
  "url",
  "workbook",
];

/** `data`: a document of Sigma, with the names of Python and a few more. `properties` is the row as Sigma sent it. */
export function dataScope(data: SigmaTranslatorData): ScopeObject {
  const members = documentMembers(data);
  const own = {
    workbook: "workbook",
    dataset: "dataset",
    dataModel: "data_model",
    dataModelElement: "data_model",
  };
  return new ScopeObject("data", {
    ...members,
    [own[data.type]]: () => new ScopeObject(`data.${own[data.type]}`, members),
    ...("lineage" in data ? { lineage: () => jsonValue(data.lineage) } : {}),
    organization_data: () => organizationScope(data.organization),
  });
}

function documentMembers(data: DocumentData): Members {
  const upstreams = (type: string): readonly string[] =>
    data.upstreams.filter((upstream) => upstream.type === type).map(({ id }) => id);
  const columns = (): TemplateValue => data.columns.map(({ name }) => name);
  const row = data.properties as Readonly<Record<string, unknown>>;
  const text = (name: string): TemplateValue => (typeof row[name] === "string" ? row[name] : null);
  return {
    type: () => data.type,
    id: () => data.id,
    properties: () => jsonValue(row),
    name: () => text("name"),
    path: () => text("path"),
    url: () => text("url"),
    badge: () => data.badge,
    owner_email: () => data.ownerEmail,
    columns,
    ...(data.type === "dataset"
      ? { inputs: () => upstreams("table") }
      : {
          datasets: () => upstreams("dataset"),
          direct_table_deps: () => upstreams("table"),
          materialization_schedules: () =>
            "materializationSchedules" in data ? jsonValue(data.materializationSchedules) : [],
        }),
  };
}

function organizationScope({ workbooks, dataModels, datasets, tables }: SigmaOrganizationData): ScopeObject {
  const documents = (name: string, all: readonly DocumentData[]) => () =>
    all.map((document) => new ScopeObject(`a ${name}`, documentMembers(document)));
  return new ScopeObject("data.organization_data", {
    workbooks: documents("workbook", workbooks),
    data_models: documents("data model", dataModels),
    datasets: documents("dataset", datasets),
    tables: () => tables.map(tableScope),
  });
}

function tableScope({ id, path }: SigmaTable): ScopeObject {
  return new ScopeObject("a table", { id: () => id, path: () => path, name: () => path.at(-1) ?? null });
}
