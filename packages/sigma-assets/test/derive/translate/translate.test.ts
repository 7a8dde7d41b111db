import { AssetKey, type AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { lineageAnswers } from "../../../src/derive/lineage/lineage-answers.ts";
import { buildOrganizationObjects } from "../../../src/derive/objects/build-organization-objects.ts";
import { translateOrganization } from "../../../src/derive/translate/translate-organization.ts";
import {
  type AssetSpecTransform,
  DagsterSigmaTranslator,
  type SigmaTranslatorData,
  TranslatorError,
} from "../../../src/index.ts";
import type { OrganizationState } from "../../../src/state/organization-state.ts";
import { buildState, translationOptions, uuid } from "../../build-state.ts";

const ids = {
  workbook: uuid("a1"),
  model: uuid("b1"),
  base: uuid("b2"),
  dataset: uuid("c1"),
  table: uuid("d1"),
  other: uuid("d2"),
};
const reads = (...sources: readonly object[]): readonly object[] => sources;
const tableSource = (id: string): object => ({ type: "table", inodeId: id });

/** workbook → model → base → table, and workbook → dataset → table. */
const state: OrganizationState = buildState({
  workbooks: [
    {
      id: ids.workbook,
      properties: {
        workbookId: ids.workbook,
        name: "Revenue",
        url: "https://app.sigma.example/w",
        path: "Finance/Board",
        latestVersion: 5,
        createdAt: "2024-09-12T21:22:49.072Z",
        ownerId: "m1",
        description: "Orders of the day.",
      },
      lineage: null,
      sources: reads(
        { type: "data-model", dataModelId: ids.model },
        { type: "dataset", inodeId: ids.dataset },
      ),
      columns: [
        { columnId: `inode-${ids.dataset}/Order Id`, type: { type: "integer" } },
        { columnId: "abc", name: "Own" },
      ],
    },
  ],
  dataModels: [
    {
      id: ids.model,
      properties: { dataModelId: ids.model, name: "Sales" },
      lineage: null,
      sources: reads({ type: "data-model", dataModelId: ids.base }),
    },
    {
      id: ids.base,
      properties: { dataModelId: ids.base, name: "Base" },
      lineage: null,
      sources: reads({ type: "table", tableId: ids.table }),
    },
  ],
  datasets: [
    {
      id: ids.dataset,
      properties: {
        datasetId: ids.dataset,
        name: "Orders Dataset",
        description: "Orders.",
        url: "https://app.sigma.example/d",
        createdAt: "2024-09-12T21:16:17.830Z",
        owner: "gone",
      },
      sources: reads(tableSource(ids.table)),
    },
  ],
  tables: [
    {
      id: ids.table,
      path: ["TESTDB", "JAFFLE SHOP", "STG_ORDERS"],
      connectionId: null,
    },
  ],
  members: [{ id: "m1", email: "ben@acme.io" }],
});

type Translator = DagsterSigmaTranslator | AssetSpecTransform;

function translate(
  translator: Translator = new DagsterSigmaTranslator(),
  of: OrganizationState = state,
): readonly AssetSpec[] {
  const { objects } = buildOrganizationObjects(of);
  return translateOrganization(objects, lineageAnswers(of), translator, translationOptions).specs;
}

const find = (specs: readonly AssetSpec[], key: string): AssetSpec | undefined =>
  specs.find((spec) => spec.key.toUserString() === key);
const depsOf = (specs: readonly AssetSpec[], key: string): readonly string[] =>
  find(specs, key)?.deps.map(({ assetKey }) => assetKey.toUserString()) ?? [];

describe("the default spec", () => {
  const specs = translate();

  it("of a workbook is that of the reference, plus its location and identity", () => {
    const spec = find(specs, "Revenue");
    expect(spec).toMatchObject({
      kinds: ["sigma", "workbook"],
      description: "Orders of the day.",
      owners: ["ben@acme.io"],
      groupName: null,
      tags: {},
    });
    expect(spec?.metadata).toEqual({
      "dagster_sigma/web_url": { type: "url", value: "https://app.sigma.example/w" },
      "dagster_sigma/version": { type: "int", value: 5 },
      "dagster_sigma/created_at": { type: "timestamp", value: 1726176169.072 },
      "dagster_sigma/workbook_id": { type: "text", value: ids.workbook },
      "dagster_sigma/id": { type: "text", value: ids.workbook },
      "dagster_sigma/name": { type: "text", value: "Revenue" },
      "dagster_sigma/path": { type: "text", value: "Finance/Board" },
    });
    expect(depsOf(specs, "Revenue")).toEqual(["Sales", "Orders_Dataset"]);
  });

  it("of a dataset has its description and the columns that workbooks read", () => {
    const spec = find(specs, "Orders_Dataset");
    expect(spec).toMatchObject({ kinds: ["dataset", "sigma"], description: "Orders.", owners: [] });
    expect(spec?.metadata["dagster/column_schema"]).toMatchObject({
      type: "table_schema",
      value: { columns: [{ name: "Order Id", type: "integer" }] },
    });
    expect(depsOf(specs, "Orders_Dataset")).toEqual(["testdb/jaffle_shop/stg_orders"]);
    expect(spec?.deps[0]?.metadata).toEqual({
      "dagster/table_name": { type: "text", value: "testdb.jaffle shop.stg_orders" },
    });
  });

  it("of a data model connects models and tables", () => {
    expect(find(specs, "Sales")?.kinds).toEqual(["data_model", "sigma"]);
    expect([depsOf(specs, "Sales"), depsOf(specs, "Base")]).toEqual([
      ["Base"],
      ["testdb/jaffle_shop/stg_orders"],
    ]);
  });

  it("contains Sigma's rows only with rawMetadata", () => {
    const { objects } = buildOrganizationObjects(state);
    const raw = translateOrganization(objects, lineageAnswers(state), new DagsterSigmaTranslator(), {
      ...translationOptions,
      rawMetadata: true,
    }).specs;
    expect(find(raw, "Revenue")?.metadata["dagster_sigma/properties"]).toEqual({
      type: "json",
      value: state.workbooks[0]?.properties,
    });
    expect(find(raw, "Revenue")?.metadata["dagster_sigma/lineage"]?.type).toBe("json");
  });
});

describe("a custom translator", () => {
  class Prefixed extends DagsterSigmaTranslator {
    override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
      const spec = super.getAssetSpec(data);
      return data.type === "workbook"
        ? spec.replaceAttributes({ owners: ["team:bi"] })
        : spec.with({ key: spec.key.withPrefix("sigma") });
    }
  }

  it("changes keys in all dependencies", () => {
    const specs = translate(new Prefixed());
    expect(specs.map(({ key }) => key.toUserString()).sort()).toEqual([
      "Revenue",
      "sigma/Base",
      "sigma/Orders_Dataset",
      "sigma/Sales",
    ]);
    expect(depsOf(specs, "Revenue")).toEqual(["sigma/Sales", "sigma/Orders_Dataset"]);
    expect(depsOf(specs, "sigma/Sales")).toEqual(["sigma/Base"]);
    expect(find(specs, "Revenue")?.owners).toEqual(["team:bi"]);
  });

  it("may be a plain function", () => {
    const specs = translate((spec, data) => (data.type === "dataset" ? spec.with({ key: "Orders" }) : spec));
    expect(depsOf(specs, "Revenue")).toEqual(["Sales", "Orders"]);
  });

  it("replaces or adds upstream dependencies, whose keys are not changed", () => {
    const specs = translate((spec, data) => {
      if (data.type === "workbook")
        return spec.replaceAttributes({ deps: ["Orders_Dataset", "my_upstream_asset"] });
      return data.type === "dataset"
        ? spec.with({ key: "Renamed" }).mergeAttributes({ deps: ["added"] })
        : spec;
    });
    expect(depsOf(specs, "Revenue")).toEqual(["Orders_Dataset", "my_upstream_asset"]);
    expect(depsOf(specs, "Renamed")).toEqual(["testdb/jaffle_shop/stg_orders", "added"]);
  });

  it("sees the whole organization", () => {
    const seen: string[] = [];
    translate((spec, { organization, upstreams }) => {
      seen.push(
        `${organization.workbooks.length} ${organization.tables[0]?.path.join(".")} ${upstreams.length}`,
      );
      return spec;
    });
    expect(seen).toContain("1 TESTDB.JAFFLE SHOP.STG_ORDERS 2");
  });

  it.each<[string, Translator, RegExp]>([
    [
      "throws",
      () => {
        throw new TypeError("no such field");
      },
      /the Sigma workbook "Revenue" \(https:.*no such field/,
    ],
    ["returns nothing", (() => undefined) as unknown as AssetSpecTransform, /not an AssetSpec/],
    ["makes an invalid spec", (spec) => spec.with({ owners: ["ben"] }), /the owner "ben".*e-mail/],
  ])("causes an error that names the object if it %s", (_what, translator, message) => {
    expect(() => translate(translator)).toThrow(TranslatorError);
    expect(() => translate(translator)).toThrow(message);
  });

  it("causes an error that names both objects if it gives them the same key", () => {
    const specs = translate((spec) => spec.with({ key: "same", deps: [] }));
    expect(() => new Definitions({ assets: specs })).toThrow(
      /the Sigma workbook "Revenue".*, and by the Sigma dataModel/,
    );
  });
});

describe("translateOrganization", () => {
  it("does not use clock, random numbers or network", () => {
    const forbid = (name: string) => () => {
      throw new Error(`${name} was used`);
    };
    vi.spyOn(Date, "now").mockImplementation(forbid("Date.now"));
    vi.spyOn(Math, "random").mockImplementation(forbid("Math.random"));
    vi.stubGlobal("fetch", forbid("fetch"));
    expect(translate()).toHaveLength(4);
    vi.unstubAllGlobals();
  });

  it("gives the same bytes for any listing order", () => {
    const shuffle = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
      fc.shuffledSubarray([...items], { minLength: items.length });
    const bytes = (of: OrganizationState): string =>
      JSON.stringify(
        translate(undefined, of)
          .map(({ origin: _origin, ...spec }) => spec)
          .sort((x, y) => (String(x.key) < String(y.key) ? -1 : 1)),
      );
    const expected = bytes(state);
    fc.assert(
      fc.property(
        fc.record({
          dataModels: shuffle(state.dataModels),
          datasets: shuffle(state.datasets),
          tables: shuffle(state.tables),
        }),
        (shuffled) => {
          expect(bytes({ ...state, ...shuffled } as OrganizationState)).toBe(expected);
        },
      ),
    );
  });
});

describe("the keys of warehouse tables", () => {
  const twoTables = (
    first: object,
    second: object,
    connections: readonly object[] = [],
  ): readonly string[] => {
    const lineage = [ids.table, ids.other].map((id) => ({
      type: "table",
      inodeId: id,
      connectionId: id === ids.table ? "c1" : "c2",
    }));
    const specs = translate(
      undefined,
      buildState({
        workbooks: [{ id: ids.workbook, properties: { workbookId: ids.workbook, name: "w" }, lineage }],
        tables: [
          { id: ids.table, connectionId: null, ...first },
          { id: ids.other, connectionId: null, ...second },
        ],
        connections,
      }),
    );
    return depsOf(specs, "w");
  };
  const at = (path: string, name: string): object => ({ path: [...path.split("/"), name] });
  const connection = (id: string, type: string): object => ({
    id,
    properties: { connectionId: id, name: `My ${type}`, type },
  });

  it("are equal for a table on two connections to one warehouse", () => {
    expect(twoTables(at("DB/S", "T"), at("db/s", "t"))).toEqual(["db/s/t"]);
    expect(
      twoTables(at("DB/S", "T"), at("DB/S", "T"), [
        connection("c1", "snowflake"),
        connection("c2", "snowflake"),
      ]),
    ).toEqual(["db/s/t"]);
  });

  it("contain the connection for tables with the same path in two warehouses", () => {
    const deps = twoTables(at("DB/S", "T"), at("DB/S", "T"), [
      connection("c1", "snowflake"),
      connection("c2", "postgres"),
    ]);
    expect(deps).toEqual(["db/s/t", "my_postgres/db/s/t"]);
  });

  it("differ for tables with the same cleaned name", () => {
    const deps = twoTables(
      at("DB/S", "a.b"),
      at("DB/S", "a_b"),
      [connection("c1", "snowflake")].map((c) => c),
    );
    expect(new Set(deps).size).toBe(2);
    expect(deps).toContain("db/s/a_b");
  });

  it("have a prefix if a workbook has the same key", () => {
    const specs = translate(
      undefined,
      buildState({
        workbooks: [
          {
            id: ids.workbook,
            properties: { workbookId: ids.workbook, name: "orders" },
            lineage: [{ type: "table", inodeId: ids.table, connectionId: "c1" }],
          },
        ],
        tables: [{ id: ids.table, path: ["ORDERS"], connectionId: "c1" }],
        connections: [connection("c1", "mysql")],
      }),
    );
    expect(depsOf(specs, "orders")).toEqual(["my_mysql/orders"]);
    expect(find(specs, "orders")?.deps[0]?.metadata["dagster/storage_kind"]).toEqual({
      type: "text",
      value: "mysql",
    });
    expect(new AssetKey(["my_mysql", "orders"]).toUserString()).toBe("my_mysql/orders");
  });
});

describe("a dependency cycle", () => {
  it("is broken at the oldest object, with a diagnostic", () => {
    const circle = buildState({
      dataModels: [
        {
          id: ids.model,
          properties: { name: "Young", createdAt: "2025-01-01T00:00:00Z" },
          lineage: null,
          sources: [{ type: "data-model", dataModelId: ids.base }],
        },
        {
          id: ids.base,
          properties: { name: "Old", createdAt: "2020-01-01T00:00:00Z" },
          lineage: null,
          sources: [{ type: "data-model", dataModelId: ids.model }],
        },
      ],
      datasets: [
        {
          id: ids.dataset,
          properties: { datasetId: ids.dataset, name: "Self" },
          sources: [{ type: "dataset", inodeId: ids.dataset }],
        },
      ],
    });
    const { diagnostics } = buildOrganizationObjects(circle);
    const specs = translate(new DagsterSigmaTranslator(), circle);
    expect([depsOf(specs, "Young"), depsOf(specs, "Old"), depsOf(specs, "Self")]).toEqual([["Old"], [], []]);
    expect(diagnostics.map(({ code, object }) => [code, object?.name])).toEqual([
      ["LINEAGE_CYCLE", "Old"],
      ["LINEAGE_CYCLE", "Self"],
    ]);
    expect(() => new Definitions({ assets: specs })).not.toThrow();
  });
});
