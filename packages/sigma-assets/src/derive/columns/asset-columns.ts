import type { ColumnAddress, UnresolvedReason } from "./column-address.ts";
import { ColumnPaths, type ColumnStep } from "./column-paths.ts";
import type { ColumnResolver } from "./column-resolver.ts";
import {
  columnType,
  type DocumentColumns,
  type DocumentElement,
  type ElementColumn,
} from "./document-columns.ts";
import type { SigmaColumn, SigmaColumnSource } from "./sigma-column.ts";

export interface AssetColumns {
  readonly columns: readonly SigmaColumn[];
  /** Number of unresolved references in formulas, by reason. */
  readonly unresolved: ReadonlyMap<UnresolvedReason, number>;
}

function identityOf({ type, objectId, elementId, column }: ColumnAddress): string {
  return JSON.stringify([type, objectId, elementId, column]);
}

/** Computes the asset columns of workbooks and data models. Steps between elements of one document are omitted. */
export class AssetColumnBuilder {
  readonly #resolver: ColumnResolver;
  /** Whether the elements of a document are separate assets. */
  readonly #isSplit: (documentId: string) => boolean;
  readonly #names = new Map<DocumentColumns, ReadonlyMap<string, string>>();
  readonly #paths = new Map<DocumentColumns, ColumnPaths>();

  constructor(resolver: ColumnResolver, isSplit: (documentId: string) => boolean = () => false) {
    this.#resolver = resolver;
    this.#isSplit = isSplit;
  }

  build(documentId: string): AssetColumns {
    const document = this.#resolver.documents.get(documentId);
    const unresolved = new Map<UnresolvedReason, number>();
    if (document === undefined) return { columns: [], unresolved };
    const columns = document.elements.flatMap((element) => {
      for (const column of element.columns) {
        for (const reason of this.#resolver.resolve(document, element, column).unresolved)
          unresolved.set(reason, (unresolved.get(reason) ?? 0) + 1);
      }
      return this.buildElement(document, element);
    });
    return { columns: distinctByName(columns), unresolved };
  }

  /** The columns of one element, named `Element/Column` or, if the element is an asset, `Column`. */
  buildElement(document: DocumentColumns, element: DocumentElement): readonly SigmaColumn[] {
    return distinctByName(
      element.columns.map((column) => ({
        name: this.#nameOf(document, element.id, column.name),
        type: columnType(column),
        formula: column.formula ?? null,
        from: this.#outside(document, element, column),
      })),
    );
  }

  /** The columns of other objects that a column is computed from, through any number of elements of the document. */
  #outside(
    document: DocumentColumns,
    element: DocumentElement,
    column: ElementColumn,
  ): readonly SigmaColumnSource[] {
    const paths = this.#paths.get(document) ?? this.#pathsIn(document);
    this.#paths.set(document, paths);
    return paths.sourcesOf(element, column);
  }

  #pathsIn(document: DocumentColumns): ColumnPaths {
    return new ColumnPaths((element, column) => {
      const outside = new Map<string, SigmaColumnSource>();
      const inside: ColumnStep["inside"][number][] = [];
      for (const address of this.#resolver.resolve(document, element, column).from) {
        const isInside = address.objectId === document.id && !this.#isSplit(document.id);
        const inner = isInside ? document.element(address.elementId ?? "") : null;
        const innerColumn = inner?.columns.find(({ name }) => name === address.column);
        if (inner !== null && innerColumn !== undefined)
          inside.push({ element: inner, column: innerColumn, isByName: address.basis === "name" });
        else outside.set(identityOf(address), this.#sourceOf(address));
      }
      return { outside, inside };
    });
  }

  #sourceOf({ objectId, elementId, column, basis }: ColumnAddress): SigmaColumnSource {
    const known = basis === undefined ? {} : { basis };
    const document = this.#resolver.documents.get(objectId);
    const isElement = document !== undefined && elementId !== null;
    if (!isElement) return { id: objectId, column, ...known };
    const id = this.#isSplit(objectId) ? elementAssetId(objectId, elementId) : objectId;
    return { id, column: this.#nameOf(document, elementId, column), ...known };
  }

  #nameOf(document: DocumentColumns, elementId: string, column: string): string {
    if (this.#isSplit(document.id)) return column;
    const names = this.#names.get(document) ?? elementNames(document);
    this.#names.set(document, names);
    return `${names.get(elementId) ?? elementId}/${column}`;
  }
}

/** The id of an element that is an asset. */
export function elementAssetId(documentId: string, elementId: string): string {
  return `${documentId}/${elementId}`;
}

/** The name of each element. Later elements with the same name get their id as a suffix. */
function elementNames({ elements }: DocumentColumns): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { id, name } of elements) {
    names.set(id, taken.has(name) ? `${name} (${id})` : name);
    taken.add(name);
  }
  return names;
}

/** Dagster rejects a schema with two columns of the same name. */
function distinctByName(columns: readonly SigmaColumn[]): readonly SigmaColumn[] {
  return [...new Map([...columns].reverse().map((column) => [column.name, column])).values()].reverse();
}
