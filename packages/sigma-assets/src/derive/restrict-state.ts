import { SigmaFilter } from "../filter/sigma-filter.ts";
import { objectId } from "../state/object-id.ts";
import type { CallFailure, OrganizationState, StateOptions } from "../state/organization-state.ts";
import {
  dataModelSources,
  datasetSources,
  type SourceReference,
  workbookSources,
} from "./lineage/document-sources.ts";

/**
 * What is left of a state under options that ask for less than it holds: as if it had been fetched with them. Asking
 * for more than it holds gives what it holds.
 */
export function restrictState(state: OrganizationState, options: StateOptions): OrganizationState {
  const filter = new SigmaFilter(options);
  const emails = new Map(state.members.map(({ id, email }) => [id, email]));
  const withoutColumns = options.fetchColumnData ? {} : { elements: null, columns: null, sqlColumns: null };
  // Nor the failure to have what is not asked for.
  const withoutSchedules = (failures: readonly CallFailure[]): object =>
    options.materializationSchedules === true
      ? {}
      : {
          materializationSchedules: null,
          failures: failures.filter(({ subject }) => subject !== "materializationSchedules"),
        };
  const workbooks = state.workbooks
    .filter(({ properties }) => filter.includes(properties, (id) => emails.get(id) ?? null))
    .map((workbook) => ({
      ...workbook,
      ...withoutSchedules(workbook.failures),
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

function withoutUnused(state: OrganizationState): OrganizationState {
  const models = new Map(state.dataModels.map((model) => [objectId(model.id), model]));
  const datasets = new Map(state.datasets.map((dataset) => [objectId(dataset.id), dataset]));
  const used = new Set<string>();
  const follow = (references: readonly SourceReference[]): void => {
    const queue = [...references];
    for (let reference = queue.pop(); reference !== undefined; reference = queue.pop()) {
      if (used.has(reference.id)) continue;
      used.add(reference.id);
      const model = models.get(reference.id);
      const dataset = datasets.get(reference.id);
      if (model !== undefined) queue.push(...dataModelSources(model));
      if (dataset !== undefined) queue.push(...datasetSources(dataset));
    }
  };
  for (const workbook of state.workbooks) follow(workbookSources(workbook));
  return {
    ...state,
    dataModels: state.dataModels.filter(({ id }) => used.has(objectId(id))),
    datasets: state.datasets.filter(({ id }) => used.has(objectId(id))),
  };
}
