import {
  type DataModelRow,
  type DatasetRow,
  SigmaApiError,
  SigmaError,
  SigmaResponseShapeError,
} from "@dagster-sigma/sigma-client";
import { openQuestions, type ReadDocument } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type { CallFailure, DataModelState, DatasetState } from "../../state/organization-state.ts";
import { keepDocument } from "../reuse/keep-lost-documents.ts";
import { endsLoad } from "./ends-load.ts";
import { describeFailure, type FetchContext, orNote } from "./fetch-context.ts";
import { fetchDataModel } from "./fetch-data-model.ts";
import { fetchDataset } from "./fetch-dataset.ts";
import { fetchEach } from "./fetch-each.ts";

/** Data models and datasets with their details. */
export interface ReadDocuments {
  readonly dataModels: readonly DataModelState[];
  readonly datasets: readonly DatasetState[];
}

interface UpstreamRows {
  readonly dataModels: readonly DataModelRow[];
  readonly datasets: readonly DatasetRow[];
}

/** The listed rows, and the documents of the last state whose rows are unreadable. */
type ListedDocuments = UpstreamRows & { readonly kept: ReadDocuments };

/** Maximum depth of model-to-model references followed. */
const maxRounds = 10;

/**
 * Fetches the listed data models and datasets (all, or those with readers), and unlisted data models in personal
 * folders, which are found through their readers.
 *
 * @param readBy resolves to the documents that workbooks read
 * @param withUnused also fetches documents without readers, which does not require waiting for the workbooks
 */
export async function fetchReadDocuments(
  context: FetchContext,
  failures: CallFailure[],
  listed: ListedDocuments,
  readBy: Promise<readonly ReadDocument[]>,
  withUnused: boolean,
): Promise<ReadDocuments> {
  const models = new Map(listed.dataModels.map((row) => [objectId(row.dataModelId), row]));
  const datasets = new Map(listed.datasets.map((row) => [objectId(row.datasetId), row]));
  const listedModels = new Set([...models.keys(), ...listed.kept.dataModels.map(({ id }) => objectId(id))]);
  const asked = new Set<string>();
  const found = { dataModels: [...listed.kept.dataModels], datasets: [...listed.kept.datasets] };
  const fetchRows = async (rows: UpstreamRows, personal: readonly string[]): Promise<Sources> => {
    const [listedOnes, itsDatasets, personalOnes] = await Promise.all([
      fetchEach(context, "data models", rows.dataModels, fetchDataModel),
      fetchEach(context, "datasets", rows.datasets, fetchDataset),
      fetchEach(context, "personal data models", personal, (_, id) => fetchUnlisted(context, failures, id)),
    ]);
    const itsModels = [...listedOnes, ...personalOnes.filter((model) => model !== null)];
    found.dataModels.push(...itsModels);
    found.datasets.push(...itsDatasets);
    return openQuestions({ dataModels: itsModels, datasets: itsDatasets }).readDocuments;
  };
  const first = await Promise.all([
    withUnused ? fetchRows({ dataModels: takeAll(models), datasets: takeAll(datasets) }, []) : [],
    readBy,
  ]);
  let references: Sources = [...openQuestions(listed.kept).readDocuments, ...first.flat()];
  for (let round = 0; round < maxRounds && references.length > 0; round++) {
    const rows = { dataModels: take(models, references), datasets: take(datasets, references) };
    references = await fetchRows(rows, unlistedModels(references, listedModels, asked));
  }
  return found;
}

type Sources = readonly ReadDocument[];

/**
 * Null for a deleted or forbidden model. It is not recorded, because its readers get a diagnostic. If the row of the model
 * is unreadable or cannot be fetched, the model of the last state is kept.
 */
async function fetchUnlisted(
  context: FetchContext,
  failures: CallFailure[],
  id: string,
): Promise<DataModelState | null> {
  return await orNote(context, failures, "dataModels", async () => {
    try {
      const row =
        context.unlisted.get(id) ?? (await context.client.dataModels.get(id, { signal: context.signal }));
      return await fetchDataModel(context, row, false);
    } catch (thrown) {
      if (thrown instanceof SigmaApiError && [400, 403, 404, 409, 410].includes(thrown.status)) return null;
      if (endsLoad(thrown) || !(thrown instanceof SigmaError)) throw thrown;
      const isUnreadable = thrown instanceof SigmaResponseShapeError;
      if (isUnreadable) context.rowProblems.addWhole(thrown, "GET /v2/dataModels/{id}");
      else failures.push(describeFailure("dataModels", thrown));
      const last = (await context.lastGood)?.dataModels.find((model) => objectId(model.id) === id);
      const reason = isUnreadable ? "Its row is unreadable." : "Its row could not be fetched.";
      return last === undefined ? null : keepDocument(last, reason);
    }
  });
}

function unlistedModels(
  references: readonly ReadDocument[],
  listed: ReadonlySet<string>,
  asked: Set<string>,
): readonly string[] {
  const ids = new Set(references.flatMap(({ type, id }) => (type === "dataModel" ? [id] : [])));
  const unlisted = [...ids].filter((id) => !listed.has(id) && !asked.has(id));
  for (const id of unlisted) asked.add(id);
  return unlisted;
}

/** Removes and returns the referenced rows. */
function take<Row>(rows: Map<string, Row>, references: readonly ReadDocument[]): readonly Row[] {
  return references.flatMap(({ id }) => {
    const row = rows.get(id);
    rows.delete(id);
    return row ?? [];
  });
}

function takeAll<Row>(rows: Map<string, Row>): readonly Row[] {
  const all = [...rows.values()];
  rows.clear();
  return all;
}
