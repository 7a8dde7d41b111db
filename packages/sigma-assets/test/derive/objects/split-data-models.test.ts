import { urlIdOf } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import {
  buildOrganizationObjects,
  type JoinOptions,
} from "../../../src/derive/objects/build-organization-objects.ts";
import type { OrganizationObjects } from "../../../src/derive/objects/organization-objects.ts";
import { buildState, uuid } from "../../build-state.ts";

const [table, model, other, bare] = [uuid("aaaa"), uuid("b1"), uuid("b11"), uuid("b2")];
const onlyText = uuid("b3");
const tableRow = { type: "table", inodeId: table, name: "T", connectionId: "c" };
const reads = (elementId: string, sourceIds: readonly string[] | null): object => ({
  type: "element",
  elementId,
  sourceIds,
  dataSourceIds: null,
});
const column = (elementId: string, name: string): object => ({
  elementId,
  columnId: `${elementId}-${name}`,
  name,
});
const schedule = (elementId: string | null, elementName: string): object => ({
  elementId,
  elementName,
  schedule: { cronSpec: "0 0 * * *", timezone: "UTC" },
});

/** Two models with elements, one without, and workbooks that read them; Sigma does not always report which elements they read. */
function objects(options: JoinOptions = { dataModelGranularity: "element" }): OrganizationObjects {
  const dataModel = (id: string, more: object): object => ({
    id,
    properties: { dataModelId: id, name: id },
    ...more,
  });
  const viaLineage = (...elements: readonly string[]): object => ({
    lineage: [
      reads(
        "x",
        elements.map((name) => `${urlIdOf(model)}/${name}`),
      ),
      ...elements.map((name) => ({
        type: "data-model",
        dataModelId: model,
        name,
        datasourceId: `${urlIdOf(model)}/${name}`,
      })),
    ],
  });
  return buildOrganizationObjects(
    buildState({
      dataModels: [
        dataModel(model, {
          properties: { dataModelId: model, name: "Sales", url: "https://app.sigma.example/m" },
          elements: [
            { elementId: "e1", name: "Orders" },
            { elementId: "e2", name: "Top" },
            { elementId: "text", name: "A text" },
          ],
          columns: [column("e1", "Id"), column("e2", "Id")],
          lineage: [reads("e1", [`inode-${urlIdOf(table)}`]), reads("e2", ["e1"]), tableRow],
          materializationSchedules: [
            schedule("e1", "Other name"),
            schedule(null, "Top"),
            schedule("gone", "Top"),
          ],
        }),
        dataModel(other, {
          columns: [column("o1", "Id")],
          lineage: null,
          sources: [{ type: "data-model", dataModelId: model }],
        }),
        dataModel(bare, { lineage: [] }),
        dataModel(onlyText, { elements: [{ elementId: "text", name: "A text" }], lineage: [] }),
      ],
      workbooks: [
        { id: "told", properties: { workbookId: "told" }, ...viaLineage("Top") },
        {
          id: "untold",
          properties: { workbookId: "untold" },
          lineage: null,
          sources: [{ type: "data-model", dataModelId: model }],
        },
        {
          id: "both",
          properties: { workbookId: "both" },
          lineage: null,
          sources: [other, bare].map((dataModelId) => ({ type: "data-model", dataModelId })),
        },
      ],
      tables: [{ id: table, properties: { name: "T" }, path: ["D", "S", "T"] }],
    }),
    options,
  ).objects;
}

const ids = (upstreams: readonly { readonly type: string; readonly id: string }[]): readonly string[] =>
  upstreams.map(({ type, id }) => `${type} ${id}`);

describe("data models split into their elements", () => {
  const { dataModels, dataModelElements, workbooks } = objects();
  const element = (id: string): (typeof dataModelElements)[number] | undefined =>
    dataModelElements.find((each) => each.id === id);
  const readBy = (workbook: string): readonly string[] =>
    ids(workbooks.find(({ id }) => id === workbook)?.upstreams ?? []);

  it("have one asset per element with data, and none for texts; a model without data remains one asset", () => {
    expect(dataModelElements.map(({ id }) => id).sort()).toEqual(
      [`${model}/e1`, `${model}/e2`, `${other}/o1`].sort(),
    );
    expect(dataModels.map(({ id }) => id)).toEqual([bare, onlyText]);
    expect(objects({}).dataModelElements).toEqual([]);
    expect(objects({}).dataModels).toHaveLength(4);
  });

  it("have elements with their own sources: a table, or another element", () => {
    expect(ids(element(`${model}/e1`)?.upstreams ?? [])).toEqual([`table ${table}`]);
    expect(ids(element(`${model}/e2`)?.upstreams ?? [])).toEqual([`dataModelElement ${model}/e1`]);
  });

  it("have elements with all sources of their model, if Sigma does not report the sources of each element", () => {
    expect(ids(element(`${other}/o1`)?.upstreams ?? [])).toEqual([
      `dataModelElement ${model}/e1`,
      `dataModelElement ${model}/e2`,
    ]);
  });

  it("are upstream as single elements if Sigma reports them, otherwise as all elements, or as one model if not split", () => {
    expect(readBy("told")).toEqual([`dataModelElement ${model}/e2`]);
    expect(readBy("untold")).toEqual([`dataModelElement ${model}/e1`, `dataModelElement ${model}/e2`]);
    expect(readBy("both")).toEqual([`dataModel ${bare}`, `dataModelElement ${other}/o1`]);
  });

  it("have elements with the name, the page and only the schedules of the element", () => {
    const [orders, top] = [element(`${model}/e1`), element(`${model}/e2`)];
    expect(orders).toMatchObject({
      modelName: "Sales",
      properties: { name: "Orders", url: "https://app.sigma.example/m?:nodeId=e1" },
      materializationSchedules: [{ elementName: "Other name" }],
    });
    expect(top?.materializationSchedules.map(({ elementId }) => elementId)).toEqual([null]);
    expect(element(`${other}/o1`)?.properties).not.toHaveProperty("url");
  });
});
