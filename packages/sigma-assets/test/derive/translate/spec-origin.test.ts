import { AssetSpec } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { lineageAnswers } from "../../../src/derive/lineage/lineage-answers.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { translateOrganization } from "../../../src/derive/translate/translate-organization.ts";
import { type AssetSpecTransform, DagsterSigmaTranslator } from "../../../src/index.ts";
import { buildState, translationOptions, uuid } from "../../build-state.ts";

const [workbook, dataset, table] = [uuid("a1"), uuid("c1"), uuid("d1")];

const state = buildState({
  workbooks: [
    {
      id: workbook,
      properties: {
        workbookId: workbook,
        name: "Revenue",
        url: "https://app.sigma.example/w",
        path: "Finance/Board",
        latestVersion: 5,
        updatedAt: "2024-09-12T21:22:49.072Z",
      },
      lineage: [{ type: "table", inodeId: table, connectionId: "c1" }],
    },
  ],
  datasets: [{ id: dataset, properties: { datasetId: dataset, name: "Orders" }, sources: [] }],
  tables: [{ id: table, path: ["DB", "S", "T"], connectionId: "c1" }],
  connections: [{ id: "c1", properties: { connectionId: "c1", name: "Warehouse", type: "snowflake" } }],
});

/** The specs of the workbook and the dataset. */
function translate(
  translator: DagsterSigmaTranslator | AssetSpecTransform = new DagsterSigmaTranslator(),
): readonly [revenue: AssetSpec | undefined, orders: AssetSpec | undefined] {
  const { objects } = buildOrganizationObjects(state);
  const [revenue, orders] = translateOrganization(
    objects,
    lineageAnswers(state),
    translator,
    translationOptions,
    "org",
  ).specs;
  return [revenue, orders];
}

describe("a translator", () => {
  it("cannot change the object in a spec's origin, and may change its label", () => {
    const origin = { label: "mine", load: null, object: null };
    const [revenue, orders] = translate(
      (spec, { type }) => new AssetSpec({ key: spec.key, ...(type === "dataset" ? { origin } : {}) }),
    );
    expect(revenue?.origin).toMatchObject({
      label: expect.stringContaining('workbook "Revenue"'),
      object: { tool: "sigma", type: "workbook", id: workbook, organization: "org", version: 5 },
    });
    expect(orders?.origin).toEqual({
      label: "mine",
      load: null,
      object: { tool: "sigma", type: "dataset", id: dataset, organization: "org", version: null },
    });
  });

  it("gets default values for presentation fields that it does not set", () => {
    const [standard] = translate();
    expect(standard?.presentation).toMatchObject({
      name: "Revenue",
      kind: { id: "workbook", isReadByPeople: true },
      folder: ["Finance", "Board"],
      url: "https://app.sigma.example/w",
      urlLabel: "Open in Sigma",
      updatedAt: 1726176169.072,
      isArchived: false,
    });
    const [bare] = translate((spec) => new AssetSpec({ key: spec.key, deps: spec.deps }));
    expect(bare?.presentation).toEqual(standard?.presentation);
    const [named] = translate((spec) => spec.with({ presentation: { name: "Mine", folder: null } }));
    expect(named?.presentation).toEqual({ ...standard?.presentation, name: "Mine", folder: null });
  });
});

it("a dependency on a table has the name of its connection", () => {
  const [revenue] = translate();
  expect(revenue?.deps.map(({ presentation }) => presentation)).toEqual([{ connection: "Warehouse" }]);
});
