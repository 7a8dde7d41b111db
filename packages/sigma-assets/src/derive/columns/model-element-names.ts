import { groupBy } from "@dagster-sigma/foundation";
import { dataModelIdOf, type Referenced } from "../lineage/lineage-rows.ts";
import type { DocumentColumns } from "./document-columns.ts";
import { formulaReferences } from "./formula-references.ts";

/**
 * Names of the elements of a data model that a reference `<urlId>/<suffix>` may refer to. The suffix does not identify the
 * element, but it is the same throughout the document: an element without another reference to the model uses the name
 * in its formulas. If no element does, the names that other references do not use remain.
 */
export function modelElementNames(
  document: DocumentColumns,
  model: DocumentColumns,
  reference: string,
): readonly string[] {
  const known = names.get(document) ?? new WeakMap<DocumentColumns, ReadonlyMap<string, readonly string[]>>();
  names.set(document, known);
  const ofModel = known.get(model) ?? assign(document, model);
  known.set(model, ofModel);
  return ofModel.get(reference) ?? [];
}

const names = new WeakMap<
  DocumentColumns,
  WeakMap<DocumentColumns, ReadonlyMap<string, readonly string[]>>
>();

function assign(document: DocumentColumns, model: DocumentColumns): ReadonlyMap<string, readonly string[]> {
  const modelId = model.id;
  const told = namesInLineage(document, modelId);
  // Where no row describes the model, the formulas can name any of its elements.
  const all = [...new Set(told.length > 0 ? told : model.elements.map(({ name }) => name))];
  const allByLowerName = groupBy(all, (name) => name.toLowerCase());
  const assigned = new Map<string, string>();
  const references = new Set<string>();
  for (const { sources, columns } of document.elements) {
    const own = new Set(
      (sources ?? []).flatMap((source) =>
        source.kind === "source" && dataModelIdOf(source.row) === modelId ? [source.reference] : [],
      ),
    );
    for (const reference of own) references.add(reference);
    const [only] = own;
    if (only === undefined || own.size > 1) continue;
    // Names of other sources of the element do not refer to this one.
    const others = new Set((sources ?? []).flatMap((source) => otherName(document, source, modelId)));
    const called = new Set(
      columns
        .flatMap(({ formula }) => formulaReferences(formula ?? ""))
        .flatMap(([source, column]) =>
          source === undefined || column === undefined ? [] : [source.toLowerCase()],
        ),
    );
    const fitting = [...called].flatMap((name) => (others.has(name) ? [] : (allByLowerName.get(name) ?? [])));
    if (fitting.length === 1 && fitting[0] !== undefined) assigned.set(only, fitting[0]);
  }
  // Several elements with one name may be read, and the lineage has one row for all of them.
  const assignedTimes = groupBy(assigned.values(), (name) => name);
  const read = document.readElements(model.id);
  const left = all.filter((name) => {
    const elements = model.elementsNamed(name).filter(({ id }) => read.size === 0 || read.has(id));
    return elements.length > (assignedTimes.get(name)?.length ?? 0);
  });
  return new Map(
    [...references].map((reference) => {
      const name = assigned.get(reference);
      return [reference, name === undefined ? left : [name]];
    }),
  );
}

/** Name of a source that is not an element of the model, in lower case. */
function otherName(document: DocumentColumns, source: Referenced, modelId: string): readonly string[] {
  if (source.kind === "element") return [document.element(source.elementId)?.name.toLowerCase() ?? ""];
  if (source.kind === "unknown" || dataModelIdOf(source.row) === modelId) return [];
  return [(source.row.name ?? source.row.inodeName ?? "").toLowerCase()];
}

function namesInLineage({ state }: DocumentColumns, modelId: string): readonly string[] {
  const rows = (state.lineage ?? []).filter((row) => dataModelIdOf(row) === modelId);
  return rows.flatMap(({ name }) => name ?? []);
}
