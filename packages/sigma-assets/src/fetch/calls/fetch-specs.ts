import { openQuestions } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type {
  CallFailure,
  DataModelState,
  OrganizationState,
  WorkbookState,
} from "../../state/organization-state.ts";
import { keepLastGood } from "../reuse/keep-last-good.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import { fetchEach } from "./fetch-each.ts";
import { readDocumentSpec } from "./read-document-spec.ts";

/** Adds the code representation of documents whose lineage the other routes leave incomplete. */
export async function fetchSpecs(
  context: FetchContext,
  state: OrganizationState,
): Promise<OrganizationState> {
  const { spec, fetchLineageData, fetchColumnData } = context.options;
  if (spec !== true || !fetchLineageData || !fetchColumnData) return state;
  const incomplete = openQuestions(state).incompleteDocuments;
  const isOpen = (document: WorkbookState | DataModelState): boolean =>
    document.spec === undefined && incomplete.has(objectId(document.id));
  const [workbooks, dataModels] = await Promise.all([
    withSpecs(context, "workbooks", state.workbooks, isOpen),
    withSpecs(context, "dataModels", state.dataModels, isOpen),
  ]);
  return { ...state, workbooks, dataModels };
}

async function withSpecs<Document extends WorkbookState | DataModelState>(
  context: FetchContext,
  collection: "workbooks" | "dataModels",
  documents: readonly Document[],
  isOpen: (document: Document) => boolean,
): Promise<readonly Document[]> {
  const { client, signal, routes, previous } = context;
  const open = documents.filter(isOpen);
  const fetched = await fetchEach(context, "specs", open, async (_, document) => {
    const failures: CallFailure[] = [];
    const row = await orNote(context, failures, "spec", () =>
      routes.ask(`${collection}/spec`, () => client[collection].spec(document.id, { signal })),
    );
    const now: Document = {
      ...document,
      ...(row === null ? {} : { spec: readDocumentSpec(row) }),
      failures: [...document.failures, ...failures],
    };
    const kind = collection === "workbooks" ? "workbook" : "dataModel";
    return keepLastGood(now, (previous?.last(kind, document.id) ?? null) as Document | null);
  });
  const replaced = new Map(fetched.map((document) => [document.id, document]));
  return documents.map((document) => replaced.get(document.id) ?? document);
}
