import type { Answers } from "./answer-server.ts";

const workbookId = "4ea60fe9-f487-43b0-aa7a-3ef43ca3a90e";
const memberId = "8TUQL5YbOwebkUGS0SAdqxlU5R0gD";
const datasetInode = "inode-Iq557kfHN8KRu76HdGSWi";
const tableInode = "inode-C5ZiVq1GkaANMaD334AnA";

interface Element {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly visualization: string;
  /** The nodes in its lineage answer. */
  readonly reads: readonly { readonly nodeId: string; readonly type: string; readonly name: string }[];
  readonly columns: readonly (readonly [id: string, label: string])[];
  readonly sql: string | null;
}

const dataset = { nodeId: datasetInode, type: "dataset", name: "Orders Dataset" };
const ofDataset = (name: string, label = name): readonly [string, string] => [
  `${datasetInode}/${name}`,
  label,
];

/** Overrides for an element of the sample. */
export type ElementChanges = Partial<Pick<Element, "reads" | "columns" | "sql">>;

const elements: readonly Element[] = [
  {
    id: "_MuHPbskp0",
    name: "sample elementl",
    type: "table",
    visualization: "levelTable",
    reads: [dataset],
    columns: [
      ofDataset("Order Id"),
      ofDataset("Customer Id"),
      ofDataset("Order Date", "workbook renamed date"),
      ofDataset("Modified Date"),
    ],
    sql: 'select ORDER_ID_7 "Order Id" from (select ORDER_ID ORDER_ID_7 from (select * from TESTDB.JAFFLE_SHOP.STG_ORDERS STG_ORDERS limit 1000) Q1) Q2 limit 1000',
  },
  {
    id: "V29pknzHb6",
    name: "Count of Order Date by Status",
    type: "visualization",
    visualization: "bar",
    reads: [dataset],
    columns: [
      ofDataset("Order Id"),
      ofDataset("Customer Id"),
      ofDataset("Order Date"),
      ofDataset("Status"),
      ofDataset("Modified Date"),
      ["VBKAHQgx58", "Count of Order Date"],
    ],
    sql: 'with Q1 as (select STATUS from TESTDB.JAFFLE_SHOP.STG_ORDERS STG_ORDERS) select STATUS "Status" from Q1 Q2 limit 1000',
  },
  {
    id: "A49pknzHb1",
    name: "Payments",
    type: "table",
    visualization: "levelTable",
    reads: [{ nodeId: tableInode, type: "table", name: "Payments" }],
    columns: [],
    sql: null,
  },
];

const audit = {
  createdBy: memberId,
  updatedBy: memberId,
  createdAt: "2024-09-12T21:16:17.830Z",
  updatedAt: "2024-09-12T21:19:31.000Z",
};

/**
 * The organization used in the tests of dagster-sigma 0.29.27, as API answers: one workbook with three elements on
 * two pages of rows, one dataset, one table; no route newer than 2024.
 *
 * @param changes overrides for the first element
 */
export function referenceSample(changes: ElementChanges = {}): Answers {
  const [first, ...others] = elements.map((element, index) =>
    index === 0 ? { ...element, ...changes } : element,
  );
  if (first === undefined) throw new Error("The sample has elements.");
  const page = "pages/qwMyyHBCuC/elements";
  return {
    workbooks: list([
      {
        ...audit,
        workbookId,
        workbookUrlId: "2opi6VLEne4BaPyj00US50",
        createdAt: "2024-09-12T21:22:49.072Z",
        name: "Sample Workbook",
        url: "https://app.sigmacomputing.com/dagster-labs/workbook/2opi6VLEne4BaPyj00US50",
        path: "My Documents/My Subfolder",
        latestVersion: 5,
        ownerId: memberId,
      },
    ]),
    datasets: list([
      {
        ...audit,
        datasetId: "178a6bb5-c0e7-4bef-a739-f12710492f16",
        name: "Orders Dataset",
        description: "Wow, cool orders dataset",
        url: "https://app.sigmacomputing.com/dagster-labs/b/Iq557kfHN8KRu76HdGSWi",
      },
    ]),
    files: list([
      {
        path: "Content Root/My Database/My Schema",
        urlId: tableInode.slice("inode-".length),
        name: "Payments",
      },
    ]),
    members: list([
      { memberId, memberType: "admin", firstName: "Ben", lastName: "Pankow", email: "ben@dagsterlabs.com" },
    ]),
    [`workbooks/${workbookId}/pages`]: list([{ pageId: "qwMyyHBCuC", name: "Page 1" }]),
    [`workbooks/${workbookId}/materialization-schedules`]: list([{ sheetId: "qwMyyHBCuC" }]),
    [`workbooks/${workbookId}/${page}`]: {
      entries: [elementRow(first)],
      hasMore: true,
      total: 3,
      nextPage: 1,
    },
    [`workbooks/${workbookId}/${page}?page=1`]: list(others.map(elementRow)),
    [`workbooks/${workbookId}/queries`]: list([first, ...others].flatMap(queryRow)),
    ...Object.fromEntries([first, ...others].flatMap(elementAnswers)),
  };
}

function list(entries: readonly object[]): object {
  return { entries, hasMore: false, total: entries.length, nextPage: null };
}

function elementRow({ id, type, name, visualization, columns }: Element): object {
  const labels = columns.map(([, label]) => label);
  return { elementId: id, type, name, columns: labels, vizualizationType: visualization };
}

function queryRow({ id, name, sql }: Element): readonly object[] {
  const comment = '-- Sigma Σ {"request-id":"69ac9a35","email":"ben@dagsterlabs.com"}';
  return sql === null ? [] : [{ elementId: id, name, sql: `${sql}\n\n${comment}` }];
}

function elementAnswers(element: Element): readonly (readonly [path: string, answer: object])[] {
  const { id, name, reads, columns } = element;
  const sheet = { nodeId: `sheet-${id}`, type: "sheet", name, elementId: id };
  const nodes = [sheet, ...reads].map((node) => [node.nodeId, node]);
  const edges = reads.map(({ nodeId }) => ({ source: nodeId, target: sheet.nodeId, type: "source" }));
  const at = (path: string): string => `workbooks/${workbookId}/${path}`;
  return [
    [at(`lineage/elements/${id}`), { dependencies: Object.fromEntries(nodes), edges }],
    [at(`elements/${id}/columns`), list(columns.map(([columnId, label]) => ({ columnId, label })))],
    ...queryRow(element).map((row) => [at(`elements/${id}/query`), row] as const),
  ];
}
