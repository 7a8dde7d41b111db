import type { DocumentSpec, SpecElement, SpecJoin, SpecSource } from "../../state/document-spec.ts";

/**
 * Reads the code representation of a document. Its shape still changes, so everything that is not as expected is left out:
 * elements are taken from `pages[].elements` or `elements`.
 */
export function readDocumentSpec(spec: unknown): DocumentSpec {
  const pages = list(field(spec, "pages"));
  const found = [...pages.flatMap((page) => list(field(page, "elements"))), ...list(field(spec, "elements"))];
  return { elements: found.flatMap(readElement) };
}

function readElement(element: unknown): readonly SpecElement[] {
  const id = text(field(element, "id"));
  if (id === null) return [];
  const source = field(element, "source");
  return [
    {
      id,
      name: text(field(element, "name")),
      sources: readSources(source),
      matches: list(field(source, "matches")).flatMap((match) => {
        const output = text(field(match, "outputColumnName"));
        return output === null ? [] : [{ output, columns: list(field(match, "sourceColumns")).map(text) }];
      }),
      joins: list(field(source, "joins")).map(readJoin),
      metrics: list(field(element, "metrics")).flatMap((metric) => {
        const formula = text(field(metric, "formula"));
        const name = text(field(metric, "name")) ?? text(field(metric, "id"));
        return formula === null || name === null ? [] : [{ name, formula }];
      }),
    },
  ];
}

/** The sources of an element. Joins and transpositions contain other sources, one level deep. */
function readSources(source: unknown): readonly SpecSource[] {
  const kind = text(field(source, "kind"));
  switch (kind) {
    case null:
      return [];
    case "join": {
      const joins = list(field(source, "joins"));
      const parts = [
        field(source, "primarySource"),
        ...joins.flatMap((join) => [field(join, "left"), field(join, "right")]),
      ];
      return distinct(parts.flatMap(readPart));
    }
    case "union":
      return list(field(source, "sources")).flatMap(readPart);
    case "transpose":
      return readPart(field(source, "source"));
    default:
      return readPart(source);
  }
}

function readPart(source: unknown): readonly SpecSource[] {
  const kind = text(field(source, "kind"));
  if (kind === null) return [];
  const connectionId = text(field(source, "connectionId"));
  const path = list(field(source, "path")).flatMap((part) => text(part) ?? []);
  const statement = text(field(source, "statement"));
  const elementId = text(field(source, "elementId"));
  const dataModelId = text(field(source, "dataModelId"));
  if (kind === "warehouse-table" && path.length > 0) return [{ kind: "table", path, connectionId }];
  if (kind === "sql" && statement !== null) return [{ kind: "sql", statement, connectionId }];
  if (kind === "table" && elementId !== null) return [{ kind: "element", elementId }];
  if (kind === "data-model" && dataModelId !== null) return [{ kind: "dataModel", dataModelId, elementId }];
  return [{ kind: "other", type: kind }];
}

function readJoin(join: unknown): SpecJoin {
  return {
    type: text(field(join, "joinType")),
    keys: list(field(join, "columns")).flatMap((key) => {
      const [left, right] = [text(field(key, "left")), text(field(key, "right"))];
      return left === null || right === null
        ? []
        : [{ left, right, operator: text(field(key, "op")) ?? "=" }];
    }),
  };
}

function distinct(sources: readonly SpecSource[]): readonly SpecSource[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}

function field(object: unknown, name: string): unknown {
  return typeof object === "object" && object !== null && Object.hasOwn(object, name)
    ? (object as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
