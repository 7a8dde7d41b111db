import { compareText } from "@dagster-sigma/foundation";
import type {
  DataModelRow,
  DatasetRow,
  MaterializationScheduleRow,
  WorkbookRow,
} from "@dagster-sigma/sigma-client";
import type { SigmaColumn } from "../columns/sigma-column.ts";
import type { SigmaTable } from "../lineage/sigma-table.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import type { Ownership } from "./find-owners.ts";
import type { SpecFacts } from "./spec-facts.ts";

interface SigmaDocument extends Ownership {
  /** UUID, normalized by `objectId`. */
  readonly id: string;
  /** Direct upstream objects, sorted by type and id. */
  readonly upstreams: readonly SigmaUpstream[];
  /** `Endorsed`, `Warning` or `Deprecated`; null without a badge, or without the option `fetchBadges`. */
  readonly badge: string | null;
}

/** A document that contains elements. */
interface SigmaContentDocument<Type extends string, Row> extends SigmaDocument {
  /** Kind of the document. */
  readonly type: Type;
  /** The row as Sigma sent it. */
  readonly properties: Row;
  /** The columns of its elements; for workbooks only with the option `workbookColumns`. */
  readonly columns: readonly SigmaColumn[];
  /** Rows as Sigma sent them; empty without the option `materializationSchedules`. */
  readonly materializationSchedules: readonly MaterializationScheduleRow[];
  /** Whether Sigma returned the schedules, so that none means that the document is live; otherwise missing. */
  readonly areSchedulesKnown?: true;
  /** Joins, unions and metrics from the code representation; missing without one. */
  readonly specFacts?: SpecFacts;
}

/** A workbook with its lineage. */
export interface SigmaWorkbook extends SigmaContentDocument<"workbook", WorkbookRow> {}

/** A data model with its lineage. */
export interface SigmaDataModel extends SigmaContentDocument<"dataModel", DataModelRow> {}

/**
 * An element of a data model with `dataModelGranularity: "element"`: the model's row with the element's name and
 * schedules.
 */
export interface SigmaDataModelElement extends SigmaContentDocument<"dataModelElement", DataModelRow> {
  /** Id of the element, unique within the model. */
  readonly elementId: string;
  /** Name of the model. */
  readonly modelName: string;
}

/** A dataset with its lineage. */
export interface SigmaDataset extends SigmaDocument {
  /** Kind of the document. */
  readonly type: "dataset";
  /** The row as Sigma sent it. */
  readonly properties: DatasetRow;
  /** Columns that workbooks and data models read, sorted by name; Sigma does not list the columns of a dataset. */
  readonly columns: readonly SigmaColumn[];
  /** Whether `upstreams` are inferred from the SQL of a reader, because Sigma does not return the sources. */
  readonly hasInferredUpstreams: boolean;
}

/** The objects that become assets. */
export type SigmaAssetObject = SigmaWorkbook | SigmaDataModel | SigmaDataModelElement | SigmaDataset;

/** An organization with lineage, as the translator sees it. */
export interface OrganizationObjects {
  /** Workbooks that the filter includes. */
  readonly workbooks: readonly SigmaWorkbook[];
  /** Data models. */
  readonly dataModels: readonly SigmaDataModel[];
  /** Empty unless `dataModelGranularity` is `element`; `dataModels` then omits their models. */
  readonly dataModelElements: readonly SigmaDataModelElement[];
  /** Datasets. */
  readonly datasets: readonly SigmaDataset[];
  /** Warehouse tables that documents read. */
  readonly tables: readonly SigmaTable[];
}

/** The objects that become assets, in the order workbooks, data models, datasets. */
export function assetObjects(objects: OrganizationObjects): readonly SigmaAssetObject[] {
  return [...objects.workbooks, ...objects.dataModels, ...objects.dataModelElements, ...objects.datasets];
}

/** Fields of an object that messages use. */
export type NamedObject = Pick<SigmaAssetObject, "type" | "id" | "properties">;

/** The name of an object, or its id without one. */
export function nameOf({ properties, id }: NamedObject): string {
  return properties.name || id;
}

/** Milliseconds since the epoch; infinite, and therefore last, if unknown. */
function createdMs(object: SigmaAssetObject): number {
  const ms = Date.parse(object.properties.createdAt ?? "");
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

/** Orders by age, oldest first, then by id. */
export function compareAge(a: SigmaAssetObject, b: SigmaAssetObject): number {
  const [first, second] = [createdMs(a), createdMs(b)];
  if (first !== second) return first < second ? -1 : 1;
  return compareText(a.id, b.id);
}
