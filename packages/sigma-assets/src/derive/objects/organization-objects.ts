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

interface SigmaDocument extends Ownership {
  readonly id: string;
  /** What it reads directly, sorted by type and id. */
  readonly upstreams: readonly SigmaUpstream[];
  /** `Endorsed`, `Warning` or `Deprecated`; null when it has none, or badges are not asked for. */
  readonly badge: string | null;
}

/** A document with elements inside. */
interface SigmaContentDocument<Type extends string, Row> extends SigmaDocument {
  readonly type: Type;
  /** The row as Sigma sent it. */
  readonly properties: Row;
  /** The columns of its elements; of workbooks only with the option `workbookColumns`. */
  readonly columns: readonly SigmaColumn[];
  /** As Sigma sent them; empty without the option `materializationSchedules`. */
  readonly materializationSchedules: readonly MaterializationScheduleRow[];
}

export interface SigmaWorkbook extends SigmaContentDocument<"workbook", WorkbookRow> {}

export interface SigmaDataModel extends SigmaContentDocument<"dataModel", DataModelRow> {}

/** An element of a data model, where each of them is an asset: the row, name and schedules of the model, narrowed to it. */
export interface SigmaDataModelElement extends SigmaContentDocument<"dataModelElement", DataModelRow> {
  readonly elementId: string;
  /** Name of the model. */
  readonly modelName: string;
}

export interface SigmaDataset extends SigmaDocument {
  readonly type: "dataset";
  readonly properties: DatasetRow;
  /** Those that workbooks show, sorted by name: Sigma has no list of a dataset's columns. */
  readonly columns: readonly SigmaColumn[];
  /** Whether `upstreams` are those of SQL that shows the dataset, because Sigma does not tell its sources. */
  readonly hasInferredUpstreams: boolean;
}

/** The objects that become assets. */
export type SigmaAssetObject = SigmaWorkbook | SigmaDataModel | SigmaDataModelElement | SigmaDataset;

/** An organization with its lineage joined: what the translator sees. */
export interface OrganizationObjects {
  readonly workbooks: readonly SigmaWorkbook[];
  readonly dataModels: readonly SigmaDataModel[];
  /** Empty unless elements of data models are assets; their models are then not among `dataModels`. */
  readonly dataModelElements: readonly SigmaDataModelElement[];
  readonly datasets: readonly SigmaDataset[];
  readonly tables: readonly SigmaTable[];
}

/** The objects that become assets, in the order workbooks, data models, datasets. */
export function assetObjects(objects: OrganizationObjects): readonly SigmaAssetObject[] {
  return [...objects.workbooks, ...objects.dataModels, ...objects.dataModelElements, ...objects.datasets];
}

/** What messages about an object need of it. */
export type NamedObject = Pick<SigmaAssetObject, "type" | "id" | "properties">;

/** The name of an object, or its id where it has none. */
export function nameOf({ properties, id }: NamedObject): string {
  return properties.name || id;
}

/** Milliseconds since the epoch; infinite, and so last, where Sigma does not tell. */
function createdMs(object: SigmaAssetObject): number {
  const ms = Date.parse(object.properties.createdAt ?? "");
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

/** Older first; equally old ones by id. */
export function compareAge(a: SigmaAssetObject, b: SigmaAssetObject): number {
  const [first, second] = [createdMs(a), createdMs(b)];
  if (first !== second) return first < second ? -1 : 1;
  return compareText(a.id, b.id);
}
