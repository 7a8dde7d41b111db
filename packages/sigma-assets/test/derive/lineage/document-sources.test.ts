import { urlIdOf } from "@dagster-sigma/sigma-sandbox";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dataModelSources,
  datasetSources,
  workbookSources,
} from "../../../src/derive/lineage/document-sources.ts";
import { singleSourceElements } from "../../../src/derive/lineage/single-source-elements.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { objectId } from "../../../src/state/object-id.ts";
import { buildState, uuid } from "../../build-state.ts";

const table = uuid("aaaa1111");
const dataset = uuid("bbbb2222");
const model = uuid("cccc3333");

/** The sources of a workbook with these responses, as `type id`. */
function reads(answers: object): readonly string[] {
  const [workbook] = buildState({
    workbooks: [{ id: "w", properties: { workbookId: "w" }, ...answers }],
  }).workbooks;
  if (workbook === undefined) throw new Error("no workbook");
  return workbookSources(workbook).map(({ type, id }) => `${type} ${id}`);
}

const tableRow = { type: "table", inodeId: table, name: "T", connectionId: "c" };
const element = (
  elementId: string,
  sourceIds: readonly string[] | null,
  dataSourceIds: readonly string[] | null = null,
): object => ({
  type: "element",
  elementId,
  sourceIds,
  dataSourceIds,
});

describe("workbookSources with the lineage of the whole document", () => {
  it("follows elements to source rows", () => {
    const lineage = [
      element("e1", ["e2"]),
      element("e2", [`inode-${urlIdOf(table)}`, `${urlIdOf(model)}/opaque`, "sql-name", "csv-1"]),
      tableRow,
      { type: "data-model", dataModelId: model, name: "Orders" },
      { type: "customSQL", name: "sql-name", definition: "select 1" },
      { type: "csv-upload", csvId: "csv-1", name: "Upload" },
    ];
    expect(reads({ lineage })).toEqual([
      `table ${table}`,
      `dataModel ${model}`,
      "customSql sql-name",
      "other csv-1",
    ]);
  });

  it("matches the name of custom SQL exactly, even if it looks like an id", () => {
    const name = urlIdOf(table);
    const lineage = [element("e", [name]), { type: "customSQL", name, definition: "select 1" }, tableRow];
    expect(reads({ lineage })).toEqual([`customSql ${name}`]);
  });

  it("omits a row that nothing reads", () => {
    expect(
      reads({
        lineage: [element("e", [`inode-${urlIdOf(table)}`]), tableRow, { type: "dataset", inodeId: dataset }],
      }),
    ).toEqual([`table ${table}`]);
  });

  it("uses every row if elements have unknown source ids, and reports those", () => {
    expect(reads({ lineage: [element("e", ["who knows"]), tableRow] })).toEqual([
      `table ${table}`,
      "unresolved who knows",
    ]);
    expect(reads({ lineage: [element("e", null), tableRow] })).toEqual([`table ${table}`]);
  });

  it("reads the field names in the examples of Sigma's documentation", () => {
    const lineage = [
      element("e", ["ds-1"]),
      element("e", [`inode-${urlIdOf(dataset)}`]),
      { type: "table", datasourceId: "ds-1", inodeId: table, inodeName: "T" },
      { type: "dataset", inodeId: dataset, name: null },
    ];
    expect(reads({ lineage })).toEqual([`table ${table}`, `dataset ${dataset}`]);
  });

  it("falls back to root sources without direct ones, and accepts both spellings of SQL", () => {
    const lineage = [element("e", null, ["s"]), { type: "customSql", name: "s", definition: null }];
    expect(reads({ lineage })).toEqual(["customSql s"]);
  });

  it.each([
    ["csv-upload", { csvId: "x" }],
    ["worksheet", { worksheetId: "x" }],
    ["semantic-view", { semanticViewId: "x" }],
    ["sql-document", { sqlDocumentId: "x" }],
  ])("finds a %s by its id and reports that it has no asset", (type, ids) => {
    const lineage = [element("e", ["x"]), { type, ...ids, name: "N", connectionId: "c" }];
    expect(reads({ lineage })).toEqual(["other x"]);
    const state = buildState({
      workbooks: [{ id: "w", properties: { workbookId: "w", name: "W" }, lineage }],
    });
    const { diagnostics, outcomes } = buildOrganizationObjects(state);
    expect(diagnostics).toMatchObject([
      { code: "SOURCE_KIND_UNKNOWN", message: expect.stringContaining(`reads a ${type} "N"`) },
    ]);
    expect(outcomes.find(({ what }) => what === "workbook")?.counts["incomplete"]).toBe(1);
  });

  it("joins a reference that no row describes by the id in it", () => {
    const lineage = [element("e", [`${urlIdOf(model)}/x`, `inode-${urlIdOf(table)}`, "x".repeat(21)])];
    expect(reads({ lineage })).toEqual([
      `dataModel ${model}`,
      `inode ${table}`,
      `unresolved ${"x".repeat(21)}`,
    ]);
  });

  it("joins a data model by its UUID in base 62, in any field, with leading zeros", () => {
    const leading = uuid("00ab4444");
    const lineage = [
      element("e", [`${urlIdOf(leading)}/x`, `${urlIdOf(model)}/y`]),
      { type: "data-model", dataModelId: null, urlId: urlIdOf(leading), name: "A" },
      { type: "data-model", dataModelId: null, dataModelUrlId: urlIdOf(model), urlId: null, name: "B" },
    ];
    expect(reads({ lineage })).toEqual([`dataModel ${leading}`, `dataModel ${model}`]);
  });

  it.each([
    ["its name", 'DB.S."My.View"'],
    ["the parts of its path", ["DB", "S", "My.View"]],
  ])("finds the warehouse object of a semantic view by %s", (_by, semanticViewTable) => {
    const lineage = [
      element("e", ["v"]),
      { type: "semantic-view", semanticViewId: "v", semanticViewTable, name: "View", connectionId: "c" },
    ];
    const state = buildState({
      workbooks: [{ id: "w", properties: { workbookId: "w", name: "W" }, lineage }],
      connections: [{ id: "c", properties: { connectionId: "c", type: "snowflake", name: "C" } }],
    });
    const { objects, diagnostics } = buildOrganizationObjects(state);
    expect(objects.tables.map(({ path }) => path)).toEqual([["DB", "S", "My.View"]]);
    expect(objects.workbooks[0]?.upstreams).toHaveLength(1);
    expect(diagnostics).toEqual([]);
  });

  it("groups sources that nothing describes by reference, as warnings", () => {
    const lineage = [element("e", ["gone-1", "gone-2"]), element("f", ["gone-1"])];
    const workbooks = ["v", "w"].map((id) => ({ id, properties: { workbookId: id, name: id }, lineage }));
    const { diagnostics } = buildOrganizationObjects(buildState({ workbooks }));
    expect(diagnostics).toMatchObject([
      {
        code: "SOURCE_UNRESOLVED",
        severity: "warning",
        object: { type: "source", id: "gone-1" },
        readers: [
          { type: "workbook", id: "v" },
          { type: "workbook", id: "w" },
        ],
      },
      { code: "SOURCE_UNRESOLVED", severity: "warning", object: { type: "source", id: "gone-2" } },
    ]);
    expect(diagnostics[0]?.message).toContain('the workbook "v", the workbook "w"');
  });

  it("keeps rows of unknown kinds", () => {
    const lineage = [element("e", ["x"]), { type: "quantum-view", datasourceId: "x", name: "Q" }];
    expect(reads({ lineage })).toEqual(["other Q"]);
  });
});

describe("workbookSources without the lineage of the whole document", () => {
  it("uses the sources of the workbook", () => {
    const sources = [
      { type: "data-model", dataModelId: model, elementIds: ["x"] },
      { type: "table", inodeId: table },
      { type: "dataset", inodeId: dataset },
      { type: "custom-sql", customSqlId: "s", definition: "select 1" },
      { type: "table", inodeId: table },
    ];
    expect(reads({ lineage: null, sources })).toEqual([
      `dataModel ${model}`,
      `table ${table}`,
      `dataset ${dataset}`,
      "customSql s",
    ]);
  });

  it("uses the lineage of single elements, with a data model only in an edge, and without edges", () => {
    const node = (type: string, id: string): object => ({ nodeId: id, type });
    const elementLineage = [
      {
        elementId: "e1",
        lineage: {
          dependencies: {
            s: { nodeId: "s", type: "sheet", elementId: "e1" },
            j: node("join", "j"),
            u: node("union", "u"),
            [`inode-${urlIdOf(table)}`]: node("table", `inode-${urlIdOf(table)}`),
          },
          edges: [
            { source: "j", target: "s", type: "source" },
            { source: `inode-${urlIdOf(table)}`, target: "u", type: "source" },
            { source: "u", target: "s", type: "lookup" },
            { source: `${urlIdOf(model)}/x`, target: "j", type: "source" },
          ],
        },
      },
      { elementId: "e2", lineage: { dependencies: { d: node("dataset", `inode-${urlIdOf(dataset)}`) } } },
    ];
    expect([...reads({ lineage: null, elementLineage })].sort()).toEqual([
      `dataModel ${model}`,
      `dataset ${dataset}`,
      `table ${table}`,
    ]);
  });

  it("follows the edges of a single element backwards, and omits branches of other elements", () => {
    const dependencies = {
      own: { nodeId: "own", type: "sheet", elementId: "e" },
      sibling: { nodeId: "sibling", type: "sheet", elementId: "other" },
      [`inode-${urlIdOf(table)}`]: { nodeId: `inode-${urlIdOf(table)}`, type: "table", name: "T" },
      view: { nodeId: "view", type: "semantic-view", semanticViewTable: ["DB", "S", "V"] },
      "sql-1": { nodeId: "sql-1", type: "customSQL" },
    };
    const edges = [
      { source: `inode-${urlIdOf(dataset)}`, target: "own" },
      { source: "view", target: "own" },
      { source: "unknown-node", target: "own" },
      { source: `inode-${urlIdOf(table)}`, target: "sibling" },
      { source: "own", target: "sibling" },
    ];
    const elementLineage = [{ elementId: "e", lineage: { dependencies, edges } }];
    expect([...reads({ lineage: null, elementLineage })].sort()).toEqual([
      `inode ${dataset}`,
      "unresolved unknown-node",
      "warehouseObject DB.S.V",
    ]);
  });

  it("accepts a node id with a slash in the edges of single elements, and reports a missing node", () => {
    const dependencies = { "sql/1": { nodeId: "sql/1", type: "customSQL" } };
    const edges = ["sql/1", "gone"].map((source) => ({ source, target: "s", type: "source" }));
    const elementLineage = [{ elementId: "e", lineage: { dependencies, edges } }];
    expect(reads({ lineage: null, elementLineage })).toEqual(["customSql sql/1", "unresolved gone"]);
  });

  it("returns each source once, with the properties of its first row", () => {
    const [workbook] = buildState({
      workbooks: [
        {
          id: "w",
          properties: { workbookId: "w" },
          lineage: [tableRow, { ...tableRow, name: null, connectionId: null }],
        },
      ],
    }).workbooks;
    expect(workbook && workbookSources(workbook)).toEqual([
      { type: "table", id: table, name: "T", connectionId: "c" },
    ]);
  });

  it("returns nothing without responses", () => {
    expect(reads({ lineage: null })).toEqual([]);
  });
});

describe("the sources of a data model or dataset", () => {
  it("come from its sources, whose field names differ on a data model", () => {
    const state = buildState({
      dataModels: [
        {
          id: "m",
          properties: {},
          lineage: null,
          sources: [
            { type: "table", tableId: table },
            { type: "dataset", datasetId: dataset },
          ],
        },
      ],
      datasets: [
        {
          id: "d",
          properties: {},
          sources: [
            { type: "table", inodeId: table },
            { type: "gadget", inodeId: "g" },
          ],
        },
      ],
    });
    expect(state.dataModels.flatMap(dataModelSources).map(({ id }) => id)).toEqual([table, dataset]);
    expect(state.datasets.flatMap(datasetSources).map(({ type }) => type)).toEqual(["table", "other"]);
  });
});

describe("elements whose SQL is that of a dataset", () => {
  const node = (type: string, id: string): object => ({ nodeId: `inode-${urlIdOf(id)}`, type });
  const [own, both, other] = [
    { d: node("dataset", dataset) },
    { d: node("dataset", dataset), t: node("table", table) },
    { t: node("table", table) },
  ];
  const inode = (id: string): string => `inode-${urlIdOf(id)}`;

  it.each([
    [
      "the lineage of the whole document",
      {
        lineage: [
          element("own", [inode(dataset)]),
          element("both", [inode(dataset), inode(table)]),
          element("other", [inode(table)]),
          element("through", ["own"]),
          { type: "dataset", inodeId: dataset },
          tableRow,
        ],
      },
      ["own", "through"],
    ],
    [
      "the lineage of single elements",
      {
        lineage: null,
        elementLineage: Object.entries({ own, both, other }).map(([elementId, dependencies]) => ({
          elementId,
          lineage: { dependencies },
        })),
      },
      ["own"],
    ],
  ])("are those that read the dataset and nothing else, by %s", (_by, answers, readers) => {
    const { workbooks } = buildState({
      workbooks: [{ id: "w", properties: { workbookId: "w" }, ...answers }],
    });
    const read = workbooks.flatMap(singleSourceElements).filter(({ sourceType }) => sourceType === "dataset");
    expect(read).toEqual(
      readers.map((elementId) => ({
        workbookId: "w",
        elementId,
        sourceType: "dataset",
        sourceId: dataset,
      })),
    );
  });
});

describe("objectId", () => {
  it("returns the UUID for every spelling and number of leading zeros", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat({ max: 2 }), (id, zeros) => {
        const start = `${"00".repeat(zeros)}f`;
        const text = `${start}${id.slice(start.length)}`;
        const urlId = urlIdOf(text);
        expect(objectId(urlId)).toBe(text);
        expect(objectId(`inode-${urlId}`)).toBe(text);
        expect(objectId(urlId.replace(/^0+/, ""))).toBe(text);
        expect(objectId(text.toUpperCase())).toBe(text);
      }),
    );
  });

  it.each([
    "2mgGC0PJtW",
    "",
    "inode",
    "my table",
    "a/b",
    "zzzzzzzzzzzzzzzzzzzzzzZ",
    "ZZZZZZZZZZZZZZZZZZZZZZ",
  ])("does not change %j", (text) => {
    expect(objectId(text)).toBe(text);
  });
});
