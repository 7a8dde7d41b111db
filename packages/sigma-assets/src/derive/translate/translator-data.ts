import { AssetDep, type AssetKey, TableColumnDep, TableColumnLineage } from "@dagster-sigma/asset-graph";
import type { LoadedUpstream } from "../../state/loaded-upstream.ts";
import { objectId } from "../../state/object-id.ts";
import type { SigmaColumn } from "../columns/sigma-column.ts";
import type { LineageAnswers } from "../lineage/lineage-answers.ts";
import type { SigmaTable } from "../lineage/sigma-table.ts";
import type { SigmaUpstream } from "../lineage/sigma-upstream.ts";
import { columnProvenanceOf, provenancesOf, type ReaderType } from "../lineage/told-by.ts";
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

/** Options that apply to the translation of every object. */
export interface TranslationOptions {
  /** Adds Sigma's rows as `dagster_sigma/properties` and `dagster_sigma/lineage`. */
  readonly rawMetadata: boolean;
  /** Adds custom SQL as `dagster_sigma/custom_sql`. */
  readonly customSql: boolean;
  /** How default keys are built. */
  readonly keys: KeyOptions;
  /** Matchers for tables, in order of precedence. */
  readonly upstream: readonly LoadedUpstream[];
  /** Whether live documents are virtual; undefined if that depends on whether their schedules are known. */
  readonly virtual?: boolean | undefined;
  /** Uses the folder of an object as its group. */
  readonly groupByFolder: boolean;
  /** Additional owners by rule. */
  readonly ownerRules: readonly OwnerRule[];
}

/** The whole organization, as `data.organization` of a translator. */
export class SigmaOrganizationData implements OrganizationObjects {
  /** Workbooks that the filter includes. */
  readonly workbooks: readonly SigmaWorkbook[];
  /** Data models. */
  readonly dataModels: readonly SigmaDataModel[];
  /** Elements of data models; empty unless `dataModelGranularity` is `element`. */
  readonly dataModelElements: readonly SigmaDataModelElement[];
  /** Datasets. */
  readonly datasets: readonly SigmaDataset[];
  /** Warehouse tables that documents read. */
  readonly tables: readonly SigmaTable[];
  /** Options of the translation. */
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

  /** The key of an object's asset, as changed by the translator; null for an unknown id. */
  keyOf(id: string): AssetKey | null {
    return this.#keys.get(objectId(id)) ?? null;
  }

  /**
   * The lineage rows of a workbook or data model as Sigma sent them; empty without lineage. The first call may read
   * the state file synchronously.
   *
   * @throws StateError `STATE_UNREADABLE` if that file was removed or damaged during the load
   */
  lineageOf(id: string): readonly unknown[] {
    return this.#lineage.of(objectId(id));
  }

  /** The default key of an object, which depends on `keyStrategy` and `renames`. */
  defaultKey(object: { readonly id: string }): AssetKey {
    return required(this.#defaultKeys.get(object.id), object.id);
  }

  /**
   * Column lineage with the keys of the translator; null if no column is computed from another asset.
   *
   * @param reader type of the object with these columns; without it, the dependencies have no provenance
   */
  columnLineage(columns: readonly SigmaColumn[], reader?: ReaderType): TableColumnLineage | null {
    const entries = columns.flatMap(({ name, from }) => {
      const deps = from.flatMap((source) => {
        const key = this.#tableDeps.get(source.id)?.assetKey ?? this.#keys.get(source.id);
        const provenance = reader === undefined ? null : columnProvenanceOf(reader, source);
        return key === undefined ? [] : [new TableColumnDep(key, source.column, provenance)];
      });
      // Several ids of one table give the same dependency.
      const distinct = new Map(deps.map((dep) => [`${dep.assetKey} ${dep.columnName}`, dep]));
      return distinct.size === 0 ? [] : [[name, [...distinct.values()]] as const];
    });
    return entries.length === 0 ? null : new TableColumnLineage(Object.fromEntries(entries));
  }

  /**
   * Dependencies of an object, with the keys of the translator.
   *
   * @param reader type of the object; without it, the dependencies have no provenance
   */
  depsOn(upstreams: readonly SigmaUpstream[], reader?: ReaderType): readonly AssetDep[] {
    return upstreams.map((upstream) => {
      const { type, id } = upstream;
      const found = required((type === "table" ? this.#tableDeps : this.#keys).get(id), id);
      const dep = found instanceof AssetDep ? found : new AssetDep(found);
      return reader === undefined ? dep : dep.withProvenances(provenancesOf(reader, upstream));
    });
  }
}

function required<Thing>(thing: Thing | undefined, id: string): Thing {
  if (thing === undefined) throw new Error(`No object of the organization has the id ${id}.`);
  return thing;
}

/** The organization of a translated object. */
interface InOrganization {
  readonly organization: SigmaOrganizationData;
}

interface WithLineage extends InOrganization {
  /** `organization.lineageOf(id)`, evaluated on access. Copying the data with `...` accesses it, too. */
  readonly lineage: readonly unknown[];
}

/** A workbook as input of a translator. */
export interface SigmaWorkbookTranslatorData extends SigmaWorkbook, WithLineage {}
/** A data model as input of a translator. */
export interface SigmaDataModelTranslatorData extends SigmaDataModel, WithLineage {}
/** An element of a data model as input of a translator. */
export interface SigmaDataModelElementTranslatorData extends SigmaDataModelElement, InOrganization {}
/** A dataset as input of a translator. */
export interface SigmaDatasetTranslatorData extends SigmaDataset, InOrganization {}

/**
 * The input of a translator: an object, distinguished by `type`, and its organization. `properties` is the row as
 * Sigma sent it.
 */
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
