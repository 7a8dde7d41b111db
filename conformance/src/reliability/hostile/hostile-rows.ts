import { changedPage, changedRows } from "./hostile-bodies.ts";
import { ends, type HostileCase, onBoth } from "./hostile-case.ts";

const mebibyte = 2 ** 20;

/** Pages that contradict each other, or have no end. */
export const hostilePages: readonly HostileCase[] = [
  ...onBoth(
    "new rows without end",
    ({ response, count }) => {
      const entries = Array.from({ length: 1_000 }, (_, row) => ({
        workbookId: `id-${count}-${row}`,
        name: `Workbook ${row} of ${count}`,
        path: "My Documents",
        type: "element",
        elementId: `e${count}-${row}`,
        fill: "x".repeat(300),
      }));
      response.end(JSON.stringify({ entries, nextPage: String(count), hasMore: true, total: 1e9 }));
    },
    ["SIGMA_PAGINATION", "ANSWER_TOO_LARGE"],
  ),
  {
    name: "60,000 new rows in every document",
    route: "lineage",
    answer: ({ response, url }) => {
      const page = Number(url.searchParams.get("page") ?? 0);
      const entries = Array.from({ length: 1_000 }, (_, row) => ({
        type: "element",
        elementId: `e${page}-${row}`,
        name: "x".repeat(300),
        sourceIds: [`e${page - 1}-${row}`],
      }));
      response.end(JSON.stringify({ entries, nextPage: page < 59 ? String(page + 1) : null }));
    },
    allowed: ["less"],
  },
  ...onBoth(
    "pages of one new row without end",
    ({ response, count }) => {
      const entries = [
        {
          workbookId: `id-${count}`,
          name: `Workbook ${count}`,
          path: "My Documents",
          type: "element",
          elementId: `e${count}`,
        },
      ];
      response.end(JSON.stringify({ entries, nextPage: String(count) }));
    },
    ["SIGMA_PAGINATION"],
    { isSlow: true },
  ),
  ...onBoth(
    "empty pages without end",
    ({ response, count }) => void response.end(JSON.stringify({ entries: [], nextPage: `${count}` })),
    ["SIGMA_PAGINATION"],
  ),
  ...onBoth(
    "the same cursor, always",
    changedPage((page) => ({ ...page, nextPage: "0", hasMore: true })),
    ["LIST_INCOMPLETE"],
  ),
  ...onBoth(
    "two cursors in turn",
    changedPage((page, { count }) => ({ ...page, nextPage: String(count % 2), hasMore: true })),
    ["LIST_INCOMPLETE", "SIGMA_PAGINATION", "SIGMA_REQUEST"],
  ),
  ...onBoth(
    "more rows, but no next page",
    changedPage((page) => ({ ...page, hasMore: true, nextPage: null })),
    ["LIST_INCOMPLETE"],
  ),
  ...onBoth(
    "a cursor of 1 MiB",
    changedPage((page) => ({ ...page, nextPage: "c".repeat(mebibyte) })),
    ["SIGMA_CONNECTION", "SIGMA_REQUEST"],
  ),
  ...onBoth(
    "a cursor with line ends and lone surrogates",
    changedPage((page) => ({ ...page, nextPage: "\r\n\ud800\u0000" })),
    ["SIGMA_REQUEST", "LIST_INCOMPLETE", "SIGMA_RESPONSE_SHAPE"],
  ),
  ...onBoth(
    "a cursor that is an object",
    changedPage((page) => ({ ...page, nextPage: { toString: 1 } })),
    ["SIGMA_RESPONSE_SHAPE"],
  ),
  ...onBoth(
    "hasMore that is an object",
    changedPage((page) => ({ ...page, hasMore: { toString: 1, valueOf: 1 } })),
    ["SIGMA_RESPONSE_SHAPE"],
  ).map((each) => ({ ...each, allowed: ["same"] as const })),
  {
    name: "a total above the rows",
    route: "workbooks",
    answer: changedRows((rows) => rows.slice(1)),
    allowed: ["less"],
  },
  {
    name: "a total of 1e308",
    route: "workbooks",
    answer: changedPage((page) => ({ ...page, total: 1e308 })),
    allowed: ["less", "same"],
  },
  {
    name: "a total below the rows",
    route: "workbooks",
    answer: changedPage((page) => ({ ...page, total: -1 })),
    allowed: ["same"],
  },
  {
    name: "a row that comes 1,000 times",
    route: "workbooks",
    answer: changedRows((rows) => Array.from({ length: 1_000 }, () => rows).flat()),
    allowed: ["same"],
  },
];

/** Rows with odd content. */
export const hostileRows: readonly HostileCase[] = [
  ...onBoth(
    "rows that are no objects",
    changedRows((all) => [null, 7, "x", [], ...all]),
    ["SIGMA_RESPONSE_SHAPE"],
  ).map((each) => ({ ...each, allowed: [...each.allowed, "less", "same"] as const })),
  {
    name: "ids like __proto__, .. and an empty one",
    route: "workbooks",
    answer: changedRows((all) => [
      ...all,
      ...["__proto__", "constructor", "..", ".", "", "a/../b", "%2e%2e", "?x", "#y"].map((workbookId) => ({
        ...all[0],
        workbookId,
        name: `Odd ${workbookId}`,
      })),
    ]),
    allowed: ["same", "less", ...ends("SIGMA_RESPONSE_SHAPE")],
  },
  {
    name: "ids with lone surrogates",
    route: "workbooks",
    answer: changedRows((all) => [...all, { ...all[0], workbookId: "\ud800", name: "Odd" }]),
    allowed: ["same", "less"],
  },
  {
    name: "names with terminal escapes, bidi and lone surrogates",
    route: "workbooks",
    answer: changedRows((all) =>
      all.map((row, index) => ({ ...row, name: `\u001b[2J\u001b]0;x\u0007\u202e\ud800${index}` })),
    ),
    allowed: ["less", "same"],
  },
  {
    name: "names with the credentials",
    route: "workbooks",
    answer: changedRows((all, { secrets }) =>
      all.map((row, index) => ({
        ...row,
        name: `${index} ${secrets.join(" ")} ${secrets.map((one) => Buffer.from(`x:${one}`).toString("base64")).join(" ")}`,
        description: secrets.map(encodeURIComponent).join(" "),
      })),
    ),
    allowed: ["less", "same"],
  },
  ...onBoth(
    "an error with the credentials",
    ({ response, secrets }) => {
      const said = secrets.join(" ");
      response.writeHead(400, { "x-request-id": encodeURI(said) });
      response.end(JSON.stringify({ code: said, message: `You sent ${said}`, requestId: said }));
    },
    ["SIGMA_REQUEST"],
  ),
  {
    name: "a name of 20 MiB",
    route: "workbooks",
    answer: changedRows((all) =>
      all.map((row, index) => (index === 0 ? { ...row, name: "x".repeat(20 * mebibyte) } : row)),
    ),
    allowed: ["less", "same"],
  },
  {
    name: "SQL of 20 MiB",
    route: "lineage",
    answer: changedRows((all) => [
      ...all,
      {
        type: "customSQL",
        name: "sql",
        connectionId: "c",
        definition: `select ${"a, ".repeat(7_000_000)} b from t`,
      },
    ]),
    allowed: ["less", "same"],
  },
];
