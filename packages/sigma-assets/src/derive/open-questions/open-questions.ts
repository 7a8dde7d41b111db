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

/** A data model or dataset with readers. */
export interface ReadDocument {
  readonly type: "dataModel" | "dataset";
  readonly id: string;
}

/**
 * The details that a partial state still lacks. This is the only part of `derive/` that fetching uses. Each property
 * is computed on first use.
 */
export interface OpenQuestions {
  /** Data models and datasets that documents read, in order, with repetitions. */
  readonly readDocuments: readonly ReadDocument[];
  /** Ids of the tables that documents read. */
  readonly tableIds: ReadonlySet<string>;
  /** Whether custom SQL may refer to a table with this path; null without custom SQL. */
  readonly isNamedTable: ((connectionId: string, path: readonly string[]) => boolean) | null;
  /** Elements whose only source is a dataset, by dataset id. Their SQL contains its tables. */
  readonly datasetReaders: ReadonlyMap<string, readonly DatasetReader[]>;
  /**
   * Tables whose columns, and documents whose sources, must be fetched.
   *
   * @param before the previous state, to check only changes; null for none
   * @returns yields intermediate results every few documents, and returns the complete result
   */
  unresolvedDetails(before: LineageState | null): Generator<UnresolvedDetails, UnresolvedDetails, void>;
}

export type { DatasetReader };

/** @param known the parts fetched so far */
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
