import { SigmaFilter } from "../filter/sigma-filter.ts";
import { allDocuments } from "../state/document-kinds.ts";
import { objectId } from "../state/object-id.ts";
import type {
  CallFailure,
  DataModelState,
  OrganizationState,
  StateOptions,
  UnreadablePart,
  WorkbookState,
} from "../state/organization-state.ts";
import { sourcesByDocument } from "./document-kinds.ts";

/**
 * Restricts a state to options that request less than it contains, as if it had been fetched with them. Options that
 * request more have no effect. Documents that stay as they are remain the same objects, with what was computed for them.
 */
export function restrictState(state: OrganizationState, options: StateOptions): OrganizationState {
  const filter = new SigmaFilter(options);
  const emails = new Map(state.members.map(({ id, email }) => [id, email]));
  const workbooks = state.workbooks
    .filter(({ properties }) => filter.includes(properties, (id) => emails.get(id) ?? null))
    .map((workbook) =>
      changed(restrictDocument(workbook, options), {
        ...(options.fetchLineageData ? {} : { elementLineage: null, queries: [] }),
      }),
    );
  const all: OrganizationState = {
    ...state,
    workbooks,
    badges: options.fetchBadges ? state.badges : [],
    dataModels: state.dataModels.map((model) => restrictDocument(model, options)),
    datasets: state.datasets.map((dataset) =>
      changed(dataset, options.fetchLineageData ? {} : { sources: null, queries: null }),
    ),
  };
  return options.includeUnusedDatasets ? all : withoutUnused(all);
}

function restrictDocument<Document extends WorkbookState | DataModelState>(
  document: Document,
  options: StateOptions,
): Document {
  const isLeftOut = ({ subject }: CallFailure): boolean =>
    (subject === "spec" && options.spec !== true) ||
    (subject === "materializationSchedules" && options.materializationSchedules !== true);
  const { failures, unreadable, materializationSchedules, spec } = document;
  const hasSchedules = materializationSchedules != null && options.materializationSchedules !== true;
  const hasUnreadable = unreadable?.some((part) => !isAsked(part, options)) === true;
  const isSpecLeftOut = spec !== undefined && options.spec !== true;
  return changed(isSpecLeftOut ? withoutSpec(document) : document, {
    // Failures of details that were not requested are removed, too.
    ...(failures.some(isLeftOut) ? { failures: failures.filter((failure) => !isLeftOut(failure)) } : {}),
    ...(hasSchedules ? { materializationSchedules: null } : {}),
    ...(hasUnreadable ? { unreadable: unreadable?.filter((part) => isAsked(part, options)) } : {}),
    ...(options.fetchLineageData ? {} : { lineage: null, sources: null }),
    ...(options.fetchColumnData ? {} : { elements: null, columns: null, sqlColumns: null }),
  });
}

function withoutSpec<Document extends WorkbookState | DataModelState>(document: Document): Document {
  const { spec: _spec, ...others } = document;
  return others as Document;
}

/** The object itself if nothing changes. */
function changed<Item extends object>(item: Item, changes: object): Item {
  return Object.keys(changes).length === 0 ? item : { ...item, ...changes };
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
