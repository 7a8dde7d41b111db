import type { SpecElement, SpecSource } from "../../state/document-spec.ts";
import { objectId } from "../../state/object-id.ts";
import { allOf } from "./column-address.ts";
import type { DocumentColumns, DocumentElement } from "./document-columns.ts";
import type { DocumentIndex } from "./document-index.ts";
import { NameIndex } from "./name-index.ts";
import { elementSource, type NamedSource } from "./named-source.ts";

/**
 * The sources of elements in the code representation of their documents. It identifies the elements of data models and
 * the columns of unions, which formulas only name.
 */
export class SpecNamedSources {
  readonly #documents: DocumentIndex;
  readonly #tableSource: (path: readonly string[], connectionId: string | null) => NamedSource;
  readonly #known = new Map<SpecElement, NameIndex<NamedSource>>();

  constructor(
    documents: DocumentIndex,
    tableSource: (path: readonly string[], connectionId: string | null) => NamedSource,
  ) {
    this.#documents = documents;
    this.#tableSource = tableSource;
  }

  /** Null without a code representation of the element. */
  of(document: DocumentColumns, element: DocumentElement): NameIndex<NamedSource> | null {
    const spec = document.specElement(element.id);
    if (spec === null) return null;
    const known = this.#known.get(spec) ?? new NameIndex(this.#build(document, spec));
    this.#known.set(spec, known);
    return known;
  }

  #build(document: DocumentColumns, { sources, matches }: SpecElement): readonly NamedSource[] {
    const named = sources.map((source) => this.#sourceOf(document, source));
    const single = named.filter((source) => source !== null);
    return matches.length === 0 ? single : [unionSource(named, matches), ...single];
  }

  #sourceOf(document: DocumentColumns, source: SpecSource): NamedSource | null {
    switch (source.kind) {
      case "table":
        return this.#tableSource(source.path, source.connectionId);
      case "element":
        return elementOf(document, source.elementId);
      case "dataModel":
        return elementOf(this.#documents.get(objectId(source.dataModelId)), source.elementId);
      case "sql":
      case "other":
        return null;
    }
  }
}

function elementOf(document: DocumentColumns | undefined, elementId: string | null): NamedSource | null {
  const element = elementId === null ? null : (document?.element(elementId) ?? null);
  return document === undefined || element === null ? null : elementSource(document, element);
}

/** A union, whose output columns are columns of its sources. */
function unionSource(sources: readonly (NamedSource | null)[], matches: SpecElement["matches"]): NamedSource {
  return {
    name: `Union of ${sources.length} Sources`,
    has: (shown) => matches.some(({ output }) => output === shown),
    find: (shown) => {
      const match = matches.find(({ output }) => output === shown);
      if (match === undefined) return "columnUnknown";
      return allOf(
        match.columns.map((column, at) =>
          column === null ? [] : (sources[at]?.find(column, null) ?? "sourceUnknown"),
        ),
      );
    },
  };
}
