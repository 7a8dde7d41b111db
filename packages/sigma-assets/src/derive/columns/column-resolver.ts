import type { LineageRow } from "@dagster-sigma/sigma-client";
import { findColumn } from "@dagster-sigma/sql-lineage/columns";
import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { dataModelIdOf } from "../lineage/lineage-rows.ts";
import type { SqlTables } from "../lineage/sql-tables.ts";
import {
  allOf,
  type ColumnAddress,
  distinctAddresses,
  type Found,
  onlyOne,
  type UnresolvedReason,
  withBasis,
} from "./column-address.ts";
import type { DocumentColumns, DocumentElement, ElementColumn } from "./document-columns.ts";
import { DocumentIndex } from "./document-index.ts";
import { formulaReferences, isPassThrough } from "./formula-references.ts";
import { modelElementNames } from "./model-element-names.ts";
import { NameIndex } from "./name-index.ts";
import { elementSource, findNamed, followSources, type NamedSource } from "./named-source.ts";
import { NativeColumns, passedColumn } from "./native-columns.ts";
import { findShownColumn, friendlyName, shownName } from "./shown-column-names.ts";
import { SpecNamedSources } from "./spec-named-sources.ts";

export interface ResolvedColumn {
  readonly from: readonly ColumnAddress[];
  readonly unresolved: readonly UnresolvedReason[];
}

/** Resolves the columns of elements to the columns that they are directly computed from. */
export class ColumnResolver {
  readonly documents: DocumentIndex;
  readonly natives: NativeColumns;
  /** Tables with columns whose real names are unknown, among the columns resolved so far. */
  readonly tablesToAsk: Set<string> = new Set();
  /** Documents that read one of several elements with the same name, among the columns resolved so far. */
  readonly documentsToAsk: Set<string> = new Set();
  readonly #sqlTables: SqlTables;
  readonly #datasetNames: ReadonlyMap<string, string>;
  readonly #tableNames: ReadonlyMap<string, string>;
  readonly #sqlOutputs = new Map<DocumentColumns, SqlOutputs>();
  readonly #resolved = new Map<ElementColumn, ResolvedColumn>();
  readonly #sources = new Map<DocumentElement, NameIndex<NamedSource>>();
  readonly #specSources: SpecNamedSources;

  /** @param natives native columns of another resolver of the same documents (default: computed) */
  constructor(
    state: Pick<OrganizationState, "workbooks" | "dataModels" | "datasets" | "tables">,
    sqlTables: SqlTables,
    natives: NativeColumns = new NativeColumns(state),
  ) {
    this.documents = new DocumentIndex([...state.workbooks, ...state.dataModels]);
    this.natives = natives;
    this.#sqlTables = sqlTables;
    this.#specSources = new SpecNamedSources(this.documents, (path, connectionId) =>
      this.#tableSource(sqlTables.find(path, connectionId).id, path.at(-1) ?? ""),
    );
    this.#datasetNames = new Map(
      state.datasets.map(({ id, properties }) => [objectId(id), properties.name ?? id]),
    );
    this.#tableNames = new Map(state.tables.map(({ id, path }) => [objectId(id), path.at(-1) ?? ""]));
  }

  /**
   * The columns that a column is computed from: of tables, datasets and elements, including those of other documents.
   */
  resolve(document: DocumentColumns, element: DocumentElement, column: ElementColumn): ResolvedColumn {
    const known = this.#resolved.get(column);
    if (known !== undefined) return known;
    // A formula that refers to its own column finds this empty result.
    this.#resolved.set(column, { from: [], unresolved: [] });
    const resolved = this.#resolve(document, element, column);
    this.#resolved.set(column, resolved);
    return resolved;
  }

  /** Forgets the columns resolved so far, which no other document needs. Keeps what has to be asked. */
  forgetResolved(): void {
    this.#resolved.clear();
    this.#sources.clear();
    this.#sqlOutputs.clear();
  }

  #resolve(document: DocumentColumns, element: DocumentElement, column: ElementColumn): ResolvedColumn {
    const passed = passedColumn(column.columnId);
    if (passed !== null) {
      const type = this.#datasetNames.has(passed.objectId) ? "dataset" : "table";
      return {
        from: [
          { type, objectId: passed.objectId, elementId: null, column: passed.column, basis: "reported" },
        ],
        unresolved: [],
      };
    }
    const formula = column.formula ?? "";
    const passedId = isPassThrough(formula) ? column.columnId : null;
    const found = formulaReferences(formula).map((names) =>
      this.#follow(document, element, column, names, passedId),
    );
    return {
      from: distinctAddresses(found.flatMap((each) => (typeof each === "string" ? [] : each))),
      unresolved: found.flatMap((each) => (typeof each === "string" ? [each] : [])),
    };
  }

  #follow(
    document: DocumentColumns,
    element: DocumentElement,
    itself: ElementColumn,
    names: readonly string[],
    passedId: string | null,
  ): Found {
    const [first = ""] = names;
    const sibling = names.length === 1 ? findNamed(element.columns, first) : null;
    if (sibling !== null && sibling !== itself) return this.resolve(document, element, sibling).from;
    const told = followSources(this.#sourcesOf(document, element), names, passedId);
    if (typeof told !== "string") return told;
    const spec = this.#specSources.of(document, element);
    if (spec === null) return told;
    const found = followSources(spec, names, passedId);
    return typeof found === "string" ? told : found;
  }

  #sourcesOf(document: DocumentColumns, element: DocumentElement): NameIndex<NamedSource> {
    const known = this.#sources.get(element);
    if (known !== undefined) return known;
    const sources = (element.sources ?? []).flatMap((source): readonly NamedSource[] => {
      if (source.kind === "unknown") return [];
      if (source.kind === "source")
        return this.#sourcesOfRow(document, element, source.row, source.reference);
      const other = document.element(source.elementId);
      return other === null ? [] : [elementSource(document, other)];
    });
    const index = new NameIndex(sources);
    this.#sources.set(element, index);
    return index;
  }

  #sourcesOfRow(
    document: DocumentColumns,
    element: DocumentElement,
    row: LineageRow,
    reference: string,
  ): readonly NamedSource[] {
    const name = row.name ?? row.inodeName ?? "";
    const inode = row.inodeId == null ? null : objectId(row.inodeId);
    switch (row.type.toLowerCase()) {
      case "table":
        return inode === null ? [] : [this.#tableSource(inode, name)];
      case "dataset":
        return inode === null ? [] : [this.#datasetSource(inode, name)];
      case "customsql":
        return [
          {
            name: "Custom SQL",
            find: (shown, passedId) => this.#sqlColumn(document, row, shown, passedId),
            has: (shown) => this.#sqlHas(document, row, shown),
          },
        ];
      case "data-model":
        return this.#modelSources(document, element, dataModelIdOf(row) ?? "", reference);
      case "inode":
        return inode === null ? [] : [this.#inodeSource(inode)];
      default:
        return [];
    }
  }

  /** A table or dataset that Sigma identifies only by its id. */
  #inodeSource(id: string): NamedSource {
    return this.#datasetNames.has(id)
      ? this.#datasetSource(id, "")
      : this.#tableSource(id, this.#tableNames.get(id) ?? "");
  }

  /** Registers a table without known columns, so that its columns are fetched. */
  #tableSource(id: string, name: string): NamedSource {
    const find = (shown: string): Found => this.#tableColumn(id, shown);
    return { name, find, has: (shown) => typeof find(shown) !== "string" };
  }

  #datasetSource(id: string, name: string): NamedSource {
    const find = (shown: string): Found => [
      { type: "dataset", objectId: id, elementId: null, column: this.natives.find(id, shown) ?? shown },
    ];
    // Sigma's API does not list the columns of a dataset.
    const has = (shown: string): true | null => (this.natives.of(id).includes(shown) ? true : null);
    return { name: this.#datasetNames.get(id) ?? name, find, has };
  }

  /** The elements of a data model that a reference may refer to; several if Sigma does not identify one. */
  modelElements(
    document: DocumentColumns,
    element: DocumentElement,
    modelId: string,
    reference: string,
  ): readonly DocumentElement[] {
    const model = this.documents.get(modelId);
    if (model === undefined) return [];
    const names = modelElementNames(document, model, reference);
    return [...new Set(names.flatMap((name) => this.#candidates(document, element, model, name)))];
  }

  #candidates(
    document: DocumentColumns,
    element: DocumentElement,
    model: DocumentColumns,
    name: string,
  ): readonly DocumentElement[] {
    const read = document.readElements(model.id);
    const named = model.elementsNamed(name).filter(({ id }) => read.size === 0 || read.has(id));
    if (named.length < 2) return named;
    const candidates = withColumns(named, columnsUsedOf(element, name));
    if (candidates.length > 1) this.documentsToAsk.add(document.id);
    return candidates;
  }

  /** The elements of the model that a reference may refer to, among those that the document reads. */
  #modelSources(
    document: DocumentColumns,
    element: DocumentElement,
    modelId: string,
    reference: string,
  ): readonly NamedSource[] {
    const model = this.documents.get(modelId);
    if (model === undefined) return [];
    const names = modelElementNames(document, model, reference);
    return names.map((name) => {
      const candidates = this.#candidates(document, element, model, name);
      const sources = candidates.map((candidate) => elementSource(model, candidate));
      const [only] = sources;
      return {
        name,
        find: (shown) => onlyOne(sources.map((source) => source.find(shown, null))),
        has: (shown) => {
          if (sources.every((source) => source.has(shown) === false)) return false;
          return names.length === 1 && sources.length === 1 && only?.has(shown) === true ? true : null;
        },
      };
    });
  }

  #tableColumn(tableId: string, shown: string): Found {
    const native = this.natives.find(tableId, shown);
    if (native !== null) return [{ type: "table", objectId: tableId, elementId: null, column: native }];
    this.tablesToAsk.add(tableId);
    return "nativeNameUnknown";
  }

  #sqlColumn(document: DocumentColumns, row: LineageRow, shown: string, passedId: string | null): Found {
    const sqlName = row.name ?? "";
    const relation = document.sqlColumns(sqlName);
    if (relation === null) return "sqlUnread";
    const isOwnName = passedId !== null && friendlyName(passedId) === friendlyName(shown);
    const output = this.#outputsOf(document).get(outputKey(sqlName, shown));
    const written = isOwnName ? passedId : (output?.written ?? null);
    const found =
      (written === null ? null : findColumn(relation, written)) ?? findShownColumn(relation, shown);
    if (found === null) return "columnUnknown";
    const addresses = found.map(({ table, column }): Found => {
      const { id } = this.#sqlTables.find(table, row.connectionId ?? null);
      const isWritten = relation.passesThrough.length === 0 || written !== null || column !== shown;
      if (!isWritten) return this.#tableColumn(id, shown);
      return [
        { type: "table", objectId: id, elementId: null, column: this.natives.find(id, column) ?? column },
      ];
    });
    return withBasis(allOf(addresses), "sql");
  }

  /** The columns of `*` are unknown, except those that an element passes through. */
  #sqlHas(document: DocumentColumns, row: LineageRow, shown: string): boolean | null {
    const sqlName = row.name ?? "";
    const relation = document.sqlColumns(sqlName);
    if (relation === null) return null;
    const isPassed = this.#outputsOf(document).get(outputKey(sqlName, shown))?.shown === shown;
    const hasFriendlyNames = this.#sqlTables.connection(row.connectionId ?? null)?.friendlyName !== false;
    const isNamed = relation.columns.some(
      ({ name }) => name !== null && shownName(name, hasFriendlyNames) === shown,
    );
    if (isPassed || isNamed) return true;
    return relation.passesThrough.length + relation.computedFrom.length > 0 ? null : false;
  }

  #outputsOf(document: DocumentColumns): SqlOutputs {
    const known = this.#sqlOutputs.get(document) ?? collectSqlOutputs(document);
    this.#sqlOutputs.set(document, known);
    return known;
  }
}

/** Real names of the output columns of a document's SQL, by SQL and display name. */
type SqlOutputs = ReadonlyMap<string, { readonly written: string; readonly shown: string }>;

/** The id of a passed-through SQL column is its real name. */
function collectSqlOutputs(document: DocumentColumns): SqlOutputs {
  const outputs = new Map<string, { readonly written: string; readonly shown: string }>();
  for (const { sources, columns } of document.elements) {
    for (const source of sources ?? []) {
      if (source.kind !== "source" || source.row.type.toLowerCase() !== "customsql") continue;
      for (const { columnId, name, formula } of columns) {
        const isWritten = friendlyName(columnId) === friendlyName(name);
        if (formula != null && isPassThrough(formula) && isWritten)
          outputs.set(outputKey(source.row.name ?? "", name), { written: columnId, shown: name });
      }
    }
  }
  return outputs;
}

function outputKey(sqlName: string, shown: string): string {
  return `${sqlName}/${friendlyName(shown)}`;
}

/** Columns that an element reads from a source with this name. */
function columnsUsedOf(element: DocumentElement, name: string): readonly string[] {
  return element.columns
    .flatMap(({ formula }) => formulaReferences(formula ?? ""))
    .filter(([source, ...rest]) => rest.length > 0 && source?.toLowerCase() === name.toLowerCase())
    .flatMap((names) => names.at(-1) ?? []);
}

/** The elements that have all of the columns; all elements if none has them. */
function withColumns(
  elements: readonly DocumentElement[],
  columns: readonly string[],
): readonly DocumentElement[] {
  const fitting = elements.filter((element) =>
    columns.every((name) => findNamed(element.columns, name) !== null),
  );
  return fitting.length > 0 ? fitting : elements;
}
