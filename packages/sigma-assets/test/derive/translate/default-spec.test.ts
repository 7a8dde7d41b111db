import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { lineageAnswers } from "../../../src/derive/lineage/lineage-answers.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { translateOrganization } from "../../../src/derive/translate/translate-organization.ts";
import type { TranslationOptions } from "../../../src/derive/translate/translator-data.ts";
import { DagsterSigmaTranslator, type SigmaTranslatorData } from "../../../src/index.ts";
import type { OrganizationState } from "../../../src/state/organization-state.ts";
import { buildState, translationOptions, uuid } from "../../build-state.ts";

const [workbook, model, dataset] = [uuid("a1"), uuid("b1"), uuid("c1")];

interface Rows {
  /** Fields of the workbook's row. */
  readonly workbook?: object;
  readonly dataModel?: object;
  readonly dataset?: object;
  readonly schedules?: readonly object[];
  /** Fetched details of the data model. */
  readonly details?: object;
  /** The badge of the workbook. */
  readonly badge?: string;
}

/** The specs of a workbook, a data model and a dataset. */
function translate(
  rows: Rows = {},
  onData: (data: SigmaTranslatorData) => void = () => undefined,
  options: Partial<TranslationOptions> = {},
): Readonly<Record<"workbook" | "dataModel" | "dataset", AssetSpec | undefined>> {
  const { badge, schedules = null } = rows;
  const state: OrganizationState = {
    ...buildState({
      workbooks: [
        {
          id: workbook,
          properties: { workbookId: workbook, name: "Revenue", ...rows.workbook },
          materializationSchedules: schedules,
        },
      ],
      dataModels: [
        { id: model, properties: { dataModelId: model, name: "Sales", ...rows.dataModel }, ...rows.details },
      ],
      datasets: [{ id: dataset, properties: { datasetId: dataset, name: "Orders", ...rows.dataset } }],
    }),
    badges: badge === undefined ? [] : [{ id: workbook, badge }],
  };
  class Watching extends DagsterSigmaTranslator {
    override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
      onData(data);
      return super.getAssetSpec(data);
    }
  }
  const { objects } = buildOrganizationObjects(state);
  const { specs } = translateOrganization(objects, lineageAnswers(state), new Watching(), {
    ...translationOptions,
    ...options,
  });
  return { workbook: specs[0], dataModel: specs[1], dataset: specs[2] };
}

describe("the default tags", () => {
  it("are the badge and the version tags, with one underscore for what Dagster does not allow", () => {
    const specs = translate({
      badge: "Certified — by finance",
      workbook: { tags: [{ name: "Q3 / final", sourceWorkbookVersion: 4 }] },
      dataModel: { tags: [{ tagName: "prod", sourceVersion: 2 }, {}] },
    });
    expect(specs.workbook?.tags).toEqual({ sigma_badge: "Certified_by_finance", "sigma_tag/Q3_final": "4" });
    expect(specs.dataModel?.tags).toEqual({ "sigma_tag/prod": "2" });
  });

  it.each([[[{ name: "gold" }]], ["gold"]])(
    "of a dataset, which has no versions, are not read from a field tags: %j",
    (tags) => {
      expect(translate({ dataset: { tags } }).dataset?.tags).toEqual({});
    },
  );
});

it("only the spec of a workbook has the id of a workbook", () => {
  const specs = Object.values(translate()).map((spec) => spec?.metadata["dagster_sigma/workbook_id"]?.value);
  expect(specs).toEqual([workbook, undefined, undefined]);
});

it("the default schema has the types of columns, and their formulas as descriptions", () => {
  const columns = [
    { columnId: "1", elementId: "e", name: "Net", formula: "Sum([Net])", type: "number" },
    { columnId: "2", elementId: "e", name: "Id", formula: null },
    { columnId: "3", elementId: "e", name: "Note", formula: "" },
  ];
  const { dataModel } = translate({ details: { columns } });
  expect(dataModel?.metadata["dagster/column_schema"]?.value).toMatchObject({
    columns: [
      { name: "e/Net", type: "number", description: "Sum([Net])" },
      { name: "e/Id", description: null },
      { name: "e/Note", description: null },
    ],
  });
});

describe("the code representation of a data model", () => {
  const element = { id: "e", name: "Orders", sources: [], joins: [], matches: [], metrics: [] };
  const joins = [{ type: "inner", keys: [{ left: "[A/Id]", right: "[B/Id]", operator: "=" }] }];
  const matches = [{ output: "Id", columns: ["Id", null] }];
  const metrics = [{ name: "Net", formula: "Sum([Net])" }];
  const labels = ["joins", "unions", "metrics"].map((name) => `dagster_sigma/${name}`);
  const read = (parts: object): readonly unknown[] => {
    const { dataModel } = translate({ details: { spec: { elements: [{ ...element, ...parts }] } } });
    return labels.map((label) => dataModel?.metadata[label]?.value);
  };

  it("is the metadata for joins, unions and metrics", () => {
    expect(read({ joins })).toEqual([[{ element: "Orders", ...joins[0] }], undefined, undefined]);
    expect(read({ matches })).toEqual([undefined, [{ element: "Orders", ...matches[0] }], undefined]);
    expect(read({ metrics })).toEqual([undefined, undefined, [{ element: "Orders", ...metrics[0] }]]);
  });

  it("without any of them adds no metadata", () => {
    expect(read({})).toEqual([undefined, undefined, undefined]);
  });
});

it("documents without schedules are virtual if the option says so; datasets never are", () => {
  const schedules = [{ elementName: "Orders", schedule: { cronSpec: "0 5 * * *" } }];
  const virtual = (rows: Rows, isVirtual: boolean): readonly (boolean | undefined)[] =>
    Object.values(translate(rows, undefined, { virtual: isVirtual })).map((spec) => spec?.isVirtual);
  expect(virtual({}, true)).toEqual([true, true, false]);
  expect(virtual({ schedules }, true)).toEqual([false, true, false]);
  expect(virtual({}, false)).toEqual([false, false, false]);
});

describe("the default presentation", () => {
  it("has the custom SQL of a document, and nothing by default", () => {
    const lineage = [
      { type: "customSQL", name: "q", definition: "select 1" },
      { type: "CustomSql", definition: "select 2" },
      { type: "customSQL", name: "empty", definition: "" },
      { type: "customSQL", name: "unknown" },
      { type: "table", name: "T", definition: "select 3" },
    ];
    const details = { lineage };
    const { dataModel, dataset: orders } = translate({ details }, undefined, { customSql: true });
    const statements = [
      { name: "q", sql: "select 1" },
      { name: "", sql: "select 2" },
    ];
    expect(dataModel?.presentation?.statements).toEqual(statements);
    expect(dataModel?.metadata["dagster_sigma/custom_sql"]?.value).toEqual(statements);
    expect(orders?.presentation?.statements).toEqual([]);
    expect(translate({ details }).dataModel?.presentation?.statements).toEqual([]);
  });

  it("has no folder without a name", () => {
    const { workbook: revenue } = translate({ workbook: { path: "/Finance//Board/" } });
    expect(revenue?.presentation?.folder).toEqual(["Finance", "Board"]);
  });

  it("has the schedules, with null for what a row does not contain", () => {
    const { workbook: revenue } = translate({
      schedules: [
        {
          elementName: "Orders",
          schedule: { cronSpec: "30 4 * * *", timezone: "Europe/Lisbon" },
          paused: true,
        },
        { sheetId: "s1", schedule: { cronSpec: "0 5 * * *" } },
        { elementName: "Clicks" },
      ],
    });
    expect(revenue?.presentation?.schedules).toEqual([
      { name: "Orders", cron: "30 4 * * *", timeZone: "Europe/Lisbon", isPaused: true },
      { name: "s1", cron: "0 5 * * *", timeZone: null, isPaused: false },
      { name: "Clicks", cron: null, timeZone: null, isPaused: false },
    ]);
  });
});

it("column lineage that a translator asks for has a provenance only with the type of its reader", () => {
  const found: unknown[] = [];
  translate({}, ({ type, organization }) => {
    const columns = [{ name: "Id", type: null, formula: null, from: [{ id: dataset, column: "Order Id" }] }];
    const ofReader = [organization.columnLineage(columns), organization.columnLineage(columns, type)];
    if (type === "workbook") found.push(...ofReader.map((lineage) => lineage?.depsByColumn["Id"]));
  });
  const provenance = { basis: "formula", route: "GET /v2/workbooks/{workbookId}/columns" };
  expect(found).toMatchObject([[{ columnName: "Order Id", provenance: null }], [{ provenance }]]);
});
