import { objectId } from "../../state/object-id.ts";
import type { BadgeState, CallFailure } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

const documentTypes = ["workbook", "data-model", "dataset"];

/** The badges of the documents among `ids`. Only the listing of files tells them, a thousand files a call. */
export async function fetchBadges(
  context: FetchContext,
  failures: CallFailure[],
  ids: ReadonlySet<string>,
): Promise<readonly BadgeState[]> {
  if (!context.options.fetchBadges) return [];
  const files = await orNote(context, failures, "badges", () =>
    context.client.files.list({ typeFilters: documentTypes }, { signal: context.signal }).toArray(),
  );
  return (files ?? []).flatMap(({ id, urlId, badge }) => {
    const document = objectId(id ?? urlId ?? "");
    return badge == null || badge === "" || !ids.has(document) ? [] : [{ id: document, badge }];
  });
}
