import { groupBy } from "@dagster-sigma/foundation";
import { documentKindNames } from "../../state/document-kinds.ts";
import { sourcesOfAll } from "../document-kinds.ts";
import { buildTables } from "../lineage/build-tables.ts";
import {
  type DatasetReader,
  elementsReadingOneDataset,
  type SourceReference,
} from "../lineage/document-sources.ts";
import { sqlNameFilter } from "../lineage/sql-name-filter.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import type { LineageState } from "./lineage-state.ts";
import { lookThrough, type UnresolvedDetails } from "./unresolved-details.ts";
import { unresolvedSince } from "./unresolved-since.ts";

/** A data model or dataset that something reads. */
export interface ReadDocument {
  readonly type: "dataModel" | "dataset";
  readonly id: string;
}

/**
 * What a state leaves open, as far as it is fetched: the only thing that fetching knows of what is derived. Each answer is
 * worked out when it is asked for.
 */
export interface OpenQuestions {
  /** Which data models and datasets do the documents read? In order, with repetitions. */
  readonly readDocuments: readonly ReadDocument[];
  /** Which tables do they read, by id? */
  readonly tableIds: ReadonlySet<string>;
  /** May their custom SQL mean a table of this path? Null when there is no custom SQL. */
  readonly isNamedTable: ((connectionId: string, path: readonly string[]) => boolean) | null;
  /** Which elements read a dataset and nothing else, by the id of the dataset? Their SQL shows its tables. */
  readonly datasetReaders: ReadonlyMap<string, readonly DatasetReader[]>;
  /**
   * Which tables have to be asked for their columns, and which documents for their sources?
   *
   * @param before the state of the fetch before, to look only at what changed since; null for none
   * @returns yields what is known to be open every few documents, and returns all of it
   */
  unresolvedDetails(before: LineageState | null): Generator<UnresolvedDetails, UnresolvedDetails, void>;
}

export type { DatasetReader };

/** @param known what is fetched so far; what is omitted is not fetched yet */
export function openQuestions(known: Partial<LineageState>): OpenQuestions {
  const { workbooks = [], dataModels = [], datasets = [], tables = [], connections = [] } = known;
  const documents = { workbooks, dataModels, datasets };
  const sources = once(() => documentKindNames.flatMap((kind) => sourcesOfAll(documents, kind)));
  return {
    get readDocuments() {
      return sources().filter(isReadDocument);
    },
    get tableIds() {
      return new Set(sources().flatMap(({ type, id }) => (type === "table" ? [id] : [])));
    },
    get isNamedTable() {
      return sqlNameFilter(sources(), connections);
    },
    get datasetReaders() {
      return groupBy(workbooks.flatMap(elementsReadingOneDataset), ({ datasetId }) => datasetId);
    },
    *unresolvedDetails(before) {
      const state = { ...documents, tables, connections };
      const sqlTables = once(() => new SqlTables(state, buildTables(state, [])));
      return (
        (before === null ? null : unresolvedSince(before, state, sqlTables)) ??
        (yield* lookThrough(state, sqlTables))
      );
    },
  };
}

function isReadDocument(source: SourceReference): source is SourceReference & ReadDocument {
  return source.type === "dataModel" || source.type === "dataset";
}

function once<Value>(build: () => Value): () => Value {
  let built: { readonly value: Value } | null = null;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
