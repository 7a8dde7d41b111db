import { objectId } from "../../state/object-id.ts";
import type { BadgeState, CallFailure } from "../../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

const documentTypes = ["workbook", "data-model", "dataset"];

/** Fetches the badges of the documents in `ids` from the file listing, with one call per thousand files. */
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
