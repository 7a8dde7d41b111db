import { groupBy } from "@dagster-sigma/foundation";
import { documentKindNames } from "../../state/document-kinds.ts";
import { objectId } from "../../state/object-id.ts";
import { sourcesOfAll } from "../document-kinds.ts";
import { buildTables } from "../lineage/build-tables.ts";
import { readElementLineage } from "../lineage/element-lineage.ts";
import { type SingleSourceElement, singleSourceElements } from "../lineage/single-source-elements.ts";
import type { SourceReference } from "../lineage/source-reference.ts";
import { sqlNameFilter } from "../lineage/sql-name-filter.ts";
import { SqlTables } from "../lineage/sql-tables.ts";
import { incompleteDocuments } from "./incomplete-documents.ts";
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
  /** Elements with a single source, by the id of that table or dataset. Their SQL contains its path or its tables. */
  readonly singleSourceElements: ReadonlyMap<string, readonly SingleSourceElement[]>;
  /** Ids of workbooks and data models with a source or column that the routes for lineage leave open. */
  readonly incompleteDocuments: ReadonlySet<string>;
  /**
   * Tables whose columns, and documents whose sources, must be fetched.
   *
   * @param before the previous state, to check only changes; null for none
   * @returns yields intermediate results every few documents, and returns the complete result
   */
  unresolvedDetails(before: LineageState | null): Generator<UnresolvedDetails, UnresolvedDetails, void>;
}

export { readElementLineage, type SingleSourceElement };

/** @param known the parts fetched so far */
export function openQuestions(known: Partial<LineageState>): OpenQuestions {
  const { workbooks = [], dataModels = [], datasets = [], connections = [] } = known;
  const { tables = [], missingTables = [] } = known;
  const documents = { workbooks, dataModels, datasets };
  const sources = once(() => documentKindNames.flatMap((kind) => sourcesOfAll(documents, kind)));
  return {
    get readDocuments() {
      return sources().flatMap(readDocumentOf);
    },
    get tableIds() {
      const ids = sources().flatMap(({ type, id }) => (type === "table" || type === "inode" ? [id] : []));
      const others = new Set(datasets.map(({ id }) => objectId(id)));
      return new Set(ids.filter((id) => !others.has(id)));
    },
    get isNamedTable() {
      return sqlNameFilter(sources(), connections);
    },
    get singleSourceElements() {
      return groupBy(workbooks.flatMap(singleSourceElements), ({ sourceId }) => sourceId);
    },
    get incompleteDocuments() {
      return incompleteDocuments({ ...documents, tables, missingTables, connections });
    },
    *unresolvedDetails(before) {
      const state = { ...documents, tables, missingTables, connections };
      const sqlTables = once(() => new SqlTables(state, buildTables(state, [])));
      return (
        (before === null ? null : unresolvedSince(before, state, sqlTables)) ??
        (yield* lookThrough(state, sqlTables))
      );
    },
  };
}

function readDocumentOf({ type, id }: SourceReference): readonly ReadDocument[] {
  if (type === "dataModel") return [{ type, id }];
  return type === "dataset" || type === "inode" ? [{ type: "dataset", id }] : [];
}

function once<Value>(build: () => Value): () => Value {
  let built: { readonly value: Value } | null = null;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
