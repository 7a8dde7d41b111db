/** An undocumented paging behavior of an endpoint. */
export type Quirk =
  /** Pages without the deprecated `hasMore`. */
  | "noHasMore"
  /** `hasMore` as the string `"true"` or `"false"`. */
  | "hasMoreText"
  /** The first row of each page is repeated at its end. */
  | "repeatedRow"
  /** Every page has the same next page. */
  | "endlessCursor"
  /** All rows in one page, independent of the requested size. */
  | "onePage"
  /** All rows as a bare array. */
  | "bareArray"
  /** Opaque cursors. */
  | "opaqueCursor";

const cursorParameters = { page: "nextPage", pageToken: "nextPageToken" } as const;
const marker = "cursor:";

type Page = Readonly<Record<string, unknown>> & { readonly entries: readonly unknown[] };

/** Applies a quirk to the response of a paged endpoint; other responses are unchanged. */
export function answerWithQuirk(
  quirk: Quirk,
  query: URLSearchParams,
  answer: (query: URLSearchParams) => unknown,
): unknown {
  const first = answer(withPlainCursors(query));
  if (!isPage(first)) return first;
  switch (quirk) {
    case "noHasMore": {
      const { hasMore: _hasMore, ...page } = first;
      return page;
    }
    case "hasMoreText":
      return "hasMore" in first ? { ...first, hasMore: String(first["hasMore"]) } : first;
    case "repeatedRow":
      return { ...first, entries: [...first.entries, ...first.entries.slice(0, 1)] };
    case "endlessCursor":
      return { ...first, ["nextPageToken" in first ? "nextPageToken" : "nextPage"]: "0" };
    case "onePage":
      return { entries: allEntries(first, query, answer), nextPage: null };
    case "bareArray":
      return allEntries(first, query, answer);
    case "opaqueCursor":
      return withOpaqueCursors(first);
  }
}

function isPage(answer: unknown): answer is Page {
  return (
    typeof answer === "object" && answer !== null && "entries" in answer && Array.isArray(answer.entries)
  );
}

function allEntries(
  first: Page,
  query: URLSearchParams,
  answer: (query: URLSearchParams) => unknown,
): readonly unknown[] {
  const entries = [...first.entries];
  for (let page = first; ; ) {
    const next = Object.entries(cursorParameters).find(([, field]) => typeof page[field] === "string");
    if (next === undefined) return entries;
    const [parameter, field] = next;
    const following = new URLSearchParams(query);
    following.set(parameter, String(page[field]));
    const answered = answer(following);
    if (!isPage(answered)) return entries;
    entries.push(...answered.entries);
    page = answered;
  }
}

function withOpaqueCursors(page: Page): Page {
  const cursors = Object.values(cursorParameters).flatMap((field) =>
    typeof page[field] === "string"
      ? [[field, Buffer.from(`${marker}${page[field]}`).toString("base64url")] as const]
      : [],
  );
  return { ...page, ...Object.fromEntries(cursors) };
}

function withPlainCursors(query: URLSearchParams): URLSearchParams {
  const plain = new URLSearchParams(query);
  for (const parameter of Object.keys(cursorParameters)) {
    const cursor = Buffer.from(query.get(parameter) ?? "", "base64url").toString();
    if (cursor.startsWith(marker)) plain.set(parameter, cursor.slice(marker.length));
  }
  return plain;
}
