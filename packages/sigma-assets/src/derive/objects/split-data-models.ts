import { type AssetColumnBuilder, elementAssetId } from "../columns/asset-columns.ts";
import type { ColumnResolver } from "../columns/column-resolver.ts";
import type { DocumentColumns, DocumentElement } from "../columns/document-columns.ts";
import { fromRoot } from "../lineage/document-sources.ts";
import { dataModelIdOf } from "../lineage/lineage-rows.ts";
import type { SourceResolver } from "../lineage/resolve-sources.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import { distinctUpstreams } from "../lineage/told-by.ts";
import { describeObject } from "./describe-object.ts";
import type { OrganizationObjects, SigmaDataModel, SigmaDataModelElement } from "./organization-objects.ts";
import { nameOf } from "./organization-objects.ts";

interface Parts {
  readonly columnResolver: ColumnResolver;
  readonly columns: AssetColumnBuilder;
  readonly resolver: SourceResolver;
}

/** Ids of documents with known elements; a model without known elements stays one asset. */
export function splittableModels({ documents }: ColumnResolver): ReadonlySet<string> {
  const models = [...documents.values()].filter(({ state }) => "isListed" in state);
  return new Set(models.filter((model) => dataElements(model).length > 0).map(({ id }) => id));
}

/** Replaces data models with their elements, each an asset with its own sources. */
export function splitDataModels(
  objects: OrganizationObjects,
  split: ReadonlySet<string>,
  parts: Parts,
): OrganizationObjects {
  const elements = objects.dataModels
    .filter(({ id }) => split.has(id))
    .flatMap((model) => elementsOf(model, split, parts));
  const rewritten = <Reader extends { readonly id: string; readonly upstreams: readonly SigmaUpstream[] }>(
    reader: Reader,
  ): Reader => ({ ...reader, upstreams: documentUpstreams(reader, split, parts) });
  const dataModels = objects.dataModels.filter(({ id }) => !split.has(id)).map(rewritten);
  return {
    ...objects,
    workbooks: objects.workbooks.map(rewritten),
    dataModels,
    dataModelElements: elements,
  };
}

/** Texts, images and controls have neither columns nor sources. */
function dataElements({ elements }: DocumentColumns): readonly DocumentElement[] {
  return elements.filter(({ sources, columns }) => sources !== null || columns.length > 0);
}

function elementsOf(
  model: SigmaDataModel,
  split: ReadonlySet<string>,
  parts: Parts,
): readonly SigmaDataModelElement[] {
  const document = parts.columnResolver.documents.get(model.id);
  if (document === undefined) return [];
  const modelName = nameOf(model);
  return dataElements(document).map((element) => ({
    type: "dataModelElement",
    id: elementAssetId(model.id, element.id),
    properties: {
      ...model.properties,
      name: element.name,
      ...(model.properties.url == null ? {} : { url: `${model.properties.url}?:nodeId=${element.id}` }),
    },
    elementId: element.id,
    modelName,
    ownerEmail: model.ownerEmail,
    isOwnerInactive: model.isOwnerInactive,
    badge: model.badge,
    columns: parts.columns.buildElement(document, element),
    ...(model.areSchedulesKnown === true ? { areSchedulesKnown: true } : {}),
    // Older responses of Sigma contain the name of the element, but not its id.
    materializationSchedules: model.materializationSchedules.filter(({ elementId, elementName }) =>
      elementId == null ? elementName === element.name : elementId === element.id,
    ),
    upstreams: distinctUpstreams(elementUpstreams(model, document, element, split, parts)),
  }));
}

function elementUpstreams(
  model: SigmaDataModel,
  document: DocumentColumns,
  element: DocumentElement,
  split: ReadonlySet<string>,
  parts: Parts,
): readonly SigmaUpstream[] {
  if (element.sources === null) return documentUpstreams(model, split, parts);
  return element.sources.flatMap((source): readonly SigmaUpstream[] => {
    if (source.kind === "element")
      return [{ type: "dataModelElement", id: elementAssetId(model.id, source.elementId) }];
    const read = readElements(document, element, source, split, parts);
    return read ?? parts.resolver.resolve(describeObject(model), [fromRoot(source)], "lineage");
  });
}

/** The sources of a document, with elements instead of split models. */
function documentUpstreams(
  reader: { readonly id: string; readonly upstreams: readonly SigmaUpstream[] },
  split: ReadonlySet<string>,
  parts: Parts,
): readonly SigmaUpstream[] {
  const others = reader.upstreams.filter(({ type, id }) => type !== "dataModel" || !split.has(id));
  const document = parts.columnResolver.documents.get(reader.id);
  const read = (document?.elements ?? []).flatMap((element) =>
    (element.sources ?? []).flatMap((source) =>
      document === undefined || source.kind === "element"
        ? []
        : (readElements(document, element, source, split, parts) ?? []),
    ),
  );
  // If the elements that are read are unknown, the document depends on all elements of the model.
  const unknown = reader.upstreams.filter(
    ({ type, id }) =>
      type === "dataModel" && split.has(id) && !read.some((upstream) => upstream.id.startsWith(`${id}/`)),
  );
  const all = unknown.flatMap(({ id }) => {
    const model = parts.columnResolver.documents.get(id);
    return model === undefined ? [] : dataElements(model).map((element) => upstreamOf(id, element));
  });
  return distinctUpstreams([...others, ...read, ...all]);
}

/** Null if it is not an element of a split model. */
function readElements(
  document: DocumentColumns,
  element: DocumentElement,
  source: Exclude<NonNullable<DocumentElement["sources"]>[number], { readonly kind: "element" }>,
  split: ReadonlySet<string>,
  { columnResolver }: Parts,
): readonly SigmaUpstream[] | null {
  const modelId = source.kind === "unknown" ? null : dataModelIdOf(source.row);
  if (modelId === null || !split.has(modelId)) return null;
  return columnResolver
    .modelElements(document, element, modelId, source.reference)
    .map((read) => upstreamOf(modelId, read));
}

function upstreamOf(modelId: string, { id }: DocumentElement): SigmaUpstream {
  return { type: "dataModelElement", id: elementAssetId(modelId, id) };
}
