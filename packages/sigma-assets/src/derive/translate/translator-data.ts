import { type AssetDep, type AssetKey, TableColumnDep, TableColumnLineage } from "@dagster-sigma/asset-graph";
import type { LoadedUpstream } from "../../state/loaded-upstream.ts";
import { objectId } from "../../state/object-id.ts";
import type { SigmaColumn } from "../columns/sigma-column.ts";
import type { LineageAnswers } from "../lineage/lineage-answers.ts";
import type { SigmaTable } from "../lineage/sigma-table.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import type {
  OrganizationObjects,
  SigmaAssetObject,
  SigmaDataModel,
  SigmaDataModelElement,
  SigmaDataset,
  SigmaWorkbook,
} from "../objects/organization-objects.ts";
import type { KeyOptions } from "./default-keys.ts";
import type { OwnerRule } from "./owner-rules.ts";

/** Options of a translation that concern every object. */
export interface TranslationOptions {
  /** Whether specs carry the rows of the API as `dagster_sigma/properties` and `dagster_sigma/lineage`. */
  readonly rawMetadata: boolean;
  /** Whether specs carry the custom SQL of their elements. */
  readonly customSql: boolean;
  readonly keys: KeyOptions;
  /** Find the assets that the rest of the graph has for tables; the first match wins. */
  readonly upstream: readonly LoadedUpstream[];
  /** Whether an asset's group is the folder it lies in. */
  readonly groupByFolder: boolean;
  /** Who owns what, besides the member whom Sigma names. */
  readonly ownerRules: readonly OwnerRule[];
}

/** The whole organization, for a translator to look around in. */
export class SigmaOrganizationData implements OrganizationObjects {
  readonly workbooks: readonly SigmaWorkbook[];
  readonly dataModels: readonly SigmaDataModel[];
  readonly dataModelElements: readonly SigmaDataModelElement[];
  readonly datasets: readonly SigmaDataset[];
  readonly tables: readonly SigmaTable[];
  readonly options: TranslationOptions;
  readonly #keys: ReadonlyMap<string, AssetKey>;
  readonly #tableDeps: ReadonlyMap<string, AssetDep>;
  readonly #defaultKeys: ReadonlyMap<string, AssetKey>;
  readonly #lineage: LineageAnswers;

  constructor(
    objects: OrganizationObjects,
    parts: {
      readonly defaultKeys: ReadonlyMap<string, AssetKey>;
      readonly keys: ReadonlyMap<string, AssetKey>;
      readonly tableDeps: ReadonlyMap<string, AssetDep>;
      readonly lineage: LineageAnswers;
      readonly options: TranslationOptions;
    },
  ) {
    this.workbooks = objects.workbooks;
    this.dataModels = objects.dataModels;
    this.dataModelElements = objects.dataModelElements;
    this.datasets = objects.datasets;
    this.tables = objects.tables;
    this.options = parts.options;
    this.#defaultKeys = parts.defaultKeys;
    this.#keys = parts.keys;
    this.#tableDeps = parts.tableDeps;
    this.#lineage = parts.lineage;
  }

  /** The key that the translator gave the asset of an object; null for an id that is none's. */
  keyOf(id: string): AssetKey | null {
    return this.#keys.get(objectId(id)) ?? null;
  }

  /**
   * The lineage rows of a workbook or data model as Sigma sent them; empty where it sent none. The first call may read
   * the state file.
   *
   * @throws StateError `STATE_UNREADABLE` when that file was removed or damaged since the load began
   */
  lineageOf(id: string): readonly unknown[] {
    return this.#lineage.of(objectId(id));
  }

  /** The key that an object has by default: its cleaned name, with a suffix where that is taken. */
  defaultKey(object: { readonly id: string }): AssetKey {
    return required(this.#defaultKeys.get(object.id), object.id);
  }

  /**
   * The columns of other assets that each column is computed from, under the keys that the translator gave them. Null
   * when none is computed from any.
   */
  columnLineage(columns: readonly SigmaColumn[]): TableColumnLineage | null {
    const entries = columns.flatMap(({ name, from }) => {
      const deps = from.flatMap(({ id, column }) => {
        const key = this.#tableDeps.get(id)?.assetKey ?? this.#keys.get(id);
        return key === undefined ? [] : [new TableColumnDep(key, column)];
      });
      // Two files of one table give the same twice.
      const distinct = new Map(deps.map((dep) => [`${dep.assetKey} ${dep.columnName}`, dep]));
      return distinct.size === 0 ? [] : [[name, [...distinct.values()]] as const];
    });
    return entries.length === 0 ? null : new TableColumnLineage(Object.fromEntries(entries));
  }

  /** Dependencies on what an object reads, under the keys that the translator gave them. */
  depsOn(upstreams: readonly SigmaUpstream[]): readonly (AssetDep | AssetKey)[] {
    return upstreams.map(({ type, id }) =>
      required((type === "table" ? this.#tableDeps : this.#keys).get(id), id),
    );
  }
}

function required<Thing>(thing: Thing | undefined, id: string): Thing {
  if (thing === undefined) throw new Error(`No object of the organization has the id ${id}.`);
  return thing;
}

/** What every object is translated with. */
interface InOrganization {
  readonly organization: SigmaOrganizationData;
}

interface WithLineage extends InOrganization {
  /** `organization.lineageOf(id)`, called when the property is read; copying the data with `...` reads it too. */
  readonly lineage: readonly unknown[];
}

export interface SigmaWorkbookTranslatorData extends SigmaWorkbook, WithLineage {}
export interface SigmaDataModelTranslatorData extends SigmaDataModel, WithLineage {}
export interface SigmaDataModelElementTranslatorData extends SigmaDataModelElement, InOrganization {}
export interface SigmaDatasetTranslatorData extends SigmaDataset, InOrganization {}

/** One object of an organization, and the organization. `type` tells which; `properties` is the row as Sigma sent it. */
export type SigmaTranslatorData =
  | SigmaWorkbookTranslatorData
  | SigmaDataModelTranslatorData
  | SigmaDataModelElementTranslatorData
  | SigmaDatasetTranslatorData;

export function translatorData(
  object: SigmaAssetObject,
  organization: SigmaOrganizationData,
): SigmaTranslatorData {
  if (object.type !== "workbook" && object.type !== "dataModel") return { ...object, organization };
  return {
    ...object,
    organization,
    get lineage() {
      return organization.lineageOf(object.id);
    },
  };
}
