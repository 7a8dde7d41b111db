import { SigmaFilter } from "../filter/sigma-filter.ts";
import { allDocuments } from "../state/document-kinds.ts";
import { objectId } from "../state/object-id.ts";
import type {
  CallFailure,
  OrganizationState,
  StateOptions,
  UnreadablePart,
} from "../state/organization-state.ts";
import { sourcesByDocument } from "./document-kinds.ts";

/**
 * Restricts a state to options that request less than it contains, as if it had been fetched with them. Options that
 * request more have no effect.
 */
export function restrictState(state: OrganizationState, options: StateOptions): OrganizationState {
  const filter = new SigmaFilter(options);
  const emails = new Map(state.members.map(({ id, email }) => [id, email]));
  const withoutColumns = options.fetchColumnData ? {} : { elements: null, columns: null, sqlColumns: null };
  // Failures of details that were not requested are removed, too.
  const withoutSchedules = (failures: readonly CallFailure[]): object =>
    options.materializationSchedules === true
      ? {}
      : {
          materializationSchedules: null,
          failures: failures.filter(({ subject }) => subject !== "materializationSchedules"),
        };
  const withoutUnreadable = ({ unreadable }: { readonly unreadable?: readonly UnreadablePart[] }): object =>
    unreadable === undefined ? {} : { unreadable: unreadable.filter((part) => isAsked(part, options)) };
  const workbooks = state.workbooks
    .filter(({ properties }) => filter.includes(properties, (id) => emails.get(id) ?? null))
    .map((workbook) => ({
      ...workbook,
      ...withoutSchedules(workbook.failures),
      ...withoutUnreadable(workbook),
      ...(options.fetchLineageData ? {} : { lineage: null, sources: null, elementLineage: null }),
      ...withoutColumns,
    }));
  const withoutLineage = options.fetchLineageData ? {} : { lineage: null, sources: null };
  const all: OrganizationState = {
    ...state,
    workbooks,
    badges: options.fetchBadges ? state.badges : [],
    dataModels: state.dataModels.map((model) => ({
      ...model,
      ...withoutSchedules(model.failures),
      ...withoutUnreadable(model),
      ...withoutLineage,
      ...withoutColumns,
    })),
    datasets: state.datasets.map((dataset) => ({
      ...dataset,
      ...(options.fetchLineageData ? {} : { sources: null, queries: null }),
    })),
  };
  return options.includeUnusedDatasets ? all : withoutUnused(all);
}

/** Whether the options request the rows of a part. */
function isAsked({ route }: UnreadablePart, options: StateOptions): boolean {
  if (/\/(columns|elements)$/.test(route)) return options.fetchColumnData;
  if (/\/(lineage|lineage\/elements\/\{id\}|sources)$/.test(route)) return options.fetchLineageData;
  return !/aterialization-?[sS]chedules$/.test(route) || options.materializationSchedules === true;
}

/** Removes data models and datasets that no workbook reads, directly or indirectly. */
function withoutUnused(state: OrganizationState): OrganizationState {
  const sources = sourcesByDocument(state);
  const byId = new Map(allDocuments(state).map((document) => [objectId(document.id), document]));
  const used = new Set<string>();
  const queue = state.workbooks.flatMap((workbook) => sources.get(workbook) ?? []);
  for (let reference = queue.pop(); reference !== undefined; reference = queue.pop()) {
    if (used.has(reference.id)) continue;
    used.add(reference.id);
    const document = byId.get(reference.id);
    if (document !== undefined) queue.push(...(sources.get(document) ?? []));
  }
  return {
    ...state,
    dataModels: state.dataModels.filter(({ id }) => used.has(objectId(id))),
    datasets: state.datasets.filter(({ id }) => used.has(objectId(id))),
  };
}
