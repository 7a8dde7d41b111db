import { AssetGraph, AssetSpec, type OriginObject } from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { findAsset } from "../src/choose/find-asset.ts";

interface Parts {
  readonly key: string;
  readonly name: string;
  readonly type: "workbook" | "dataModel" | "dataset";
  readonly id: string;
  readonly folder?: readonly string[];
}

function document({ key, name, type, id, folder = [] }: Parts): AssetSpec {
  const object: OriginObject = { tool: "sigma", type, id, organization: null, version: null };
  return new AssetSpec({
    key,
    deps: [["db", "sales", "orders"]],
    kinds: ["sigma"],
    presentation: { name, folder, url: `https://app.sigmacomputing.com/acme/workbook/${id}` },
    origin: { label: name, load: null, object },
  });
}

const graph = AssetGraph.build([
  document({
    key: "Revenue",
    name: "Revenue Overview",
    type: "workbook",
    id: "1Abc",
    folder: ["Finance", "Board"],
  }),
  document({ key: "Weekly", name: "Weekly", type: "workbook", id: "2Def", folder: ["Sales"] }),
  document({ key: "Weekly_2", name: "Weekly", type: "workbook", id: "3Ghi", folder: ["Marketing"] }),
  document({ key: "Orders_ds", name: "Orders Model", type: "dataset", id: "4Jkl" }),
  document({ key: "Orders_dm", name: "Orders Model", type: "dataModel", id: "5Mno" }),
  new AssetSpec({ key: ["db", "sales", "orders"], metadata: { "dagster/table_name": "DB.SALES.ORDERS" } }),
]);
const find = (wanted: string): string => findAsset(graph, wanted).spec.key.toUserString();

describe("findAsset", () => {
  it.each([
    ["Revenue", "Revenue"],
    ["revenue overview", "Revenue"],
    ["Finance/Board/Revenue Overview", "Revenue"],
    ["Finance / Board / Revenue Overview", "Revenue"],
    ["Sales/Weekly", "Weekly"],
    ["https://app.sigmacomputing.com/acme/workbook/1Abc", "Revenue"],
    ["https://app.sigmacomputing.com/acme/workbook/Revenue-Overview-1Abc?:nodeId=x#page", "Revenue"],
    ["https://app.sigmacomputing.com/acme/workbook/Revenue-Overview-1Abc/page/7zZ", "Revenue"],
    ["2Def", "Weekly"],
    ["db/sales/orders", "db/sales/orders"],
    ["db.sales.ORDERS", "db/sales/orders"],
    ["orders", "db/sales/orders"],
    // The dataset was migrated to the data model, and stays, deprecated.
    ["Orders Model", "Orders_dm"],
    ["Orders_ds", "Orders_ds"],
  ])("finds %j", (wanted, key) => {
    expect(find(wanted)).toBe(key);
  });

  it.each([
    ["https://app.sigmacomputing.com/acme/workbook/9Zzz"],
    ["https://evil.example.com/acme/workbook/1Abc"],
    [""],
    ["https://"],
  ])("finds nothing for %j", (wanted) => {
    expect(() => find(wanted)).toThrow(expect.objectContaining({ code: "ASSET_NOT_FOUND" }));
  });

  it("lists the assets of an ambiguous name with key, kind and folder", () => {
    expect(() => find("weekly")).toThrow(
      expect.objectContaining({
        code: "ASSET_AMBIGUOUS",
        message: expect.stringMatching(
          /\n {2}Weekly \(.* in Sales\)\n {2}Weekly_2 \(.*"Weekly" in Marketing\)$/,
        ),
      }),
    );
  });

  it.each([
    ["Revenu", "Revenue"],
    ["reveneu overview", "Revenue"],
    ["Ordres Model", "Orders_ds"],
    ["Finance/Bord/Revenue Overview", null],
  ])("suggests the nearest name for %j", (wanted, key) => {
    try {
      find(wanted);
      expect.unreachable();
    } catch (thrown) {
      const { hint } = thrown as { readonly hint: string };
      if (key === null) expect(hint).toContain("dagster-sigma assets");
      else expect(hint).toContain(key);
    }
  });
});
