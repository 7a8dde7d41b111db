import {
  type AssetPresentation,
  AssetSpec,
  cleanName,
  columnLineageLabel,
  columnSchemaLabel,
  type JsonValue,
  MetadataValue,
  type RawMetadata,
  TableSchema,
} from "@dagster-sigma/asset-graph";
import type { DataModelTag, WorkbookTag } from "@dagster-sigma/sigma-client";
import { buildDefaultPresentation } from "./default-presentation.ts";
import { derivedKindOf } from "./derived-kind-of.ts";
import { ownersOf } from "./owner-rules.ts";
import { sigmaLabels } from "./sigma-labels.ts";
import type { SigmaTranslatorData } from "./translator-data.ts";

/** The default spec of an object. Keys, kinds and metadata labels are those of dagster-sigma 0.29. */
export function buildDefaultSpec(data: SigmaTranslatorData): AssetSpec {
  const presentation = buildDefaultPresentation(data);
  return new AssetSpec({
    key: data.organization.defaultKey(data),
    description: data.properties.description ?? null,
    kinds: ["sigma", derivedKindOf(data).dagsterKind],
    owners: ownersOf(data, data.organization.options.ownerRules),
    tags: tagsOf(data),
    groupName: groupOf(data),
    isVirtual: isVirtual(data),
    deps: data.organization.depsOn(data.upstreams, data.type),
    metadata: {
      ...commonMetadata(data),
      ...(data.type === "workbook"
        ? { [sigmaLabels.workbookId]: data.properties.workbookId ?? data.id }
        : {}),
      ...columnMetadata(data),
      ...(data.type === "dataset" ? migrationMetadata(data) : {}),
      ...(data.type === "dataset" && data.hasInferredUpstreams
        ? { [sigmaLabels.upstreamsInferredFromSql]: true }
        : {}),
      ...scheduleMetadata(data),
      ...specMetadata(data),
      ...customSqlMetadata(presentation),
      ...(data.organization.options.rawMetadata ? rawMetadata(data) : {}),
    },
    presentation,
  });
}

/** The badge, and a tag `sigma_tag/<name>` with the tagged version for each version tag. */
function tagsOf(data: SigmaTranslatorData): Readonly<Record<string, string>> {
  const badge = tagPart(data.badge ?? "");
  return { ...(badge === "" ? {} : { sigma_badge: badge }), ...versionTagsOf(data) };
}

function versionTagsOf({ type, properties }: SigmaTranslatorData): Readonly<Record<string, string>> {
  if (type === "dataset") return {};
  const tags = (properties.tags ?? []).map((tag) => {
    const { name, tagName, sourceVersion, sourceWorkbookVersion } = tag as WorkbookTag & DataModelTag;
    return [
      tagPart(name ?? tagName ?? ""),
      tagPart(String(sourceWorkbookVersion ?? sourceVersion ?? "")),
    ] as const;
  });
  return Object.fromEntries(
    tags.filter(([name]) => name !== "").map(([name, version]) => [`sigma_tag/${name}`, version]),
  );
}

/** Dagster allows 63 letters, digits, `_`, `-` and `.`. */
function tagPart(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]+/g, "_").slice(0, 63);
}

/** A live document is a view: it reads its sources when it is opened. A document with a schedule stores data of its own. */
function isVirtual(data: SigmaTranslatorData): boolean {
  if (data.type === "dataset" || data.materializationSchedules.length > 0) return false;
  return data.organization.options.virtual ?? data.areSchedulesKnown === true;
}

/** The group; elements of a data model are grouped by model. */
function groupOf(data: SigmaTranslatorData): string | null {
  if (data.type === "dataModelElement") return cleanName(data.modelName) || null;
  return data.organization.options.groupByFolder ? folderGroup(data.properties.path) : null;
}

/** The folder as a group, `Sales/Deep Dives` as `Sales/Deep_Dives`; null at the root. */
function folderGroup(path: string | null | undefined): string | null {
  const names = (path ?? "").split("/").map((name) => cleanName(name));
  return names.filter((name) => name !== "").join("/") || null;
}

function migrationMetadata({
  properties,
  organization,
}: Extract<SigmaTranslatorData, { readonly type: "dataset" }>): RawMetadata {
  const model = organization.keyOf(properties.migrationToDataModel?.dataModelId ?? "");
  return model === null ? {} : { [sigmaLabels.migratedTo]: MetadataValue.asset(model) };
}

function commonMetadata(data: SigmaTranslatorData): RawMetadata {
  const { name, path, url, createdAt, updatedAt } = data.properties;
  const version = data.type === "dataset" ? null : data.properties.latestVersion;
  const createdMs = Date.parse(createdAt ?? "");
  const updatedMs = Date.parse(updatedAt ?? "");
  return {
    ...(url == null ? {} : { [sigmaLabels.webUrl]: MetadataValue.url(url) }),
    ...(version == null ? {} : { [sigmaLabels.version]: version }),
    ...(Number.isNaN(createdMs)
      ? {}
      : { [sigmaLabels.createdAt]: MetadataValue.timestamp(createdMs / 1000) }),
    ...(Number.isNaN(updatedMs)
      ? {}
      : { [sigmaLabels.updatedAt]: MetadataValue.timestamp(updatedMs / 1000) }),
    // Archived documents are in the graph if another document reads them.
    ...(data.properties.isArchived === true ? { [sigmaLabels.isArchived]: true } : {}),
    [sigmaLabels.id]: data.id,
    ...(name == null ? {} : { [sigmaLabels.name]: name }),
    ...(path == null ? {} : { [sigmaLabels.path]: path }),
  };
}

/** Dagster treats a column without a type as a string. */
function columnMetadata({ columns, organization, type: reader }: SigmaTranslatorData): RawMetadata {
  if (columns.length === 0) return {};
  const schema = columns.map(({ name, type, formula }) => ({
    name,
    ...(type === null ? {} : { type }),
    ...(formula === null || formula === "" ? {} : { description: formula }),
  }));
  const lineage = organization.columnLineage(columns, reader);
  return {
    [columnSchemaLabel]: new TableSchema({ columns: schema }),
    ...(lineage === null ? {} : { [columnLineageLabel]: lineage }),
  };
}

/** The custom SQL statements, as a list of `{name, sql}`. */
function customSqlMetadata({ statements }: AssetPresentation): RawMetadata {
  return statements == null || statements.length === 0
    ? {}
    : { [sigmaLabels.customSql]: MetadataValue.json(statements.map((statement) => ({ ...statement }))) };
}

/** The schedules as Sigma returns them. dagster-sigma for Python has the same metadata, and uses it to start materializations. */
function scheduleMetadata(data: SigmaTranslatorData): RawMetadata {
  if (data.type === "dataset" || data.materializationSchedules.length === 0) return {};
  const rows = data.materializationSchedules as unknown as JsonValue;
  return { [sigmaLabels.materializationSchedules]: MetadataValue.json(rows) };
}

/** Joins, unions and metrics from the code representation of the document. */
function specMetadata(data: SigmaTranslatorData): RawMetadata {
  if (data.type === "dataset" || data.specFacts === undefined) return {};
  const { joins, unions, metrics } = data.specFacts;
  const json = (value: readonly object[]): MetadataValue => MetadataValue.json(value as unknown as JsonValue);
  return {
    ...(joins.length === 0 ? {} : { [sigmaLabels.joins]: json(joins) }),
    ...(unions.length === 0 ? {} : { [sigmaLabels.unions]: json(unions) }),
    ...(metrics.length === 0 ? {} : { [sigmaLabels.metrics]: json(metrics) }),
  };
}

function rawMetadata(data: SigmaTranslatorData): RawMetadata {
  return {
    [sigmaLabels.properties]: MetadataValue.json(data.properties as JsonValue),
    ...(data.type === "dataset" || data.type === "dataModelElement"
      ? {}
      : { [sigmaLabels.lineage]: MetadataValue.json(data.lineage as JsonValue) }),
  };
}
