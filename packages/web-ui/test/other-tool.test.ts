import { tableKind } from "@dagster-sigma/asset-graph";
import { buildAssetImpact, impactCsv } from "@dagster-sigma/asset-graph/impact";
import { describe, expect, it } from "vitest";
import { buildMapLayout } from "../src/layout/build-map-layout.ts";
import { buildHealth } from "../src/model/build-health.ts";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { colorNameOf, iconPath } from "../src/page/pictures/kind-look.ts";
import {
  type CatalogQuery,
  catalogColumns,
  catalogCsv,
  catalogRows,
} from "../src/page/views/catalog-rows.ts";
import { otherToolDefinitions } from "./other-tool.ts";

const definitions = otherToolDefinitions();
const model = new GraphModel({ ...buildPageGraph(definitions).graph, version: "1" });

const keysOf = (assets: readonly number[]): readonly string[] => assets.map((at) => model.asset(at).key);

describe("the assets of another tool", () => {
  it("have their own kinds, names, folders and links on the page", () => {
    expect(model.graph.kinds.map(({ id }) => id)).toEqual(["table", "cube", "report"]);
    const monthly = model.indexOf("acme/monthly") ?? -1;
    expect(model.asset(monthly)).toMatchObject({
      name: "monthly of Acme",
      kind: "report",
      folder: ["Acme", "Board"],
      url: "https://acme.example/monthly",
      urlLabel: "Open in Acme",
    });
    expect(model.kindOf(monthly)).toMatchObject({ name: "Report", isReadByPeople: true });
    expect(model.kindOf(model.indexOf("db/orders") ?? -1)).toEqual(tableKind);
  });

  it("are in lanes ordered by rank, with their own titles and folders", () => {
    const { lanes, blocks } = buildMapLayout(model.graph, model.index, "folder");
    expect(lanes.map(({ title, count }) => [title, count])).toEqual([
      ["Tables", 1],
      ["Cubes", 1],
      ["Cubes · 2", 2],
      ["Reports", 2],
    ]);
    expect(blocks.at(-1)?.group).toBe("Acme / Board");
    const byKind = buildMapLayout(model.graph, model.index, "kind");
    expect(new Set(byKind.blocks.map(({ group }) => group))).toEqual(new Set(["Table", "Cube", "Report"]));
  });

  it("are found in the catalog by the names of their kinds, and grouped by them", () => {
    const query: CatalogQuery = {
      selected: null,
      filter: "report",
      by: "name",
      isDescending: false,
      grouping: "kind",
      columns: catalogColumns,
    };
    const rows = catalogRows(model, query);
    expect(rows[0]).toEqual({ type: "group", name: "Report", count: 2 });
    const found = rows.flatMap((row) => (row.type === "asset" ? [row.asset] : []));
    expect(keysOf(found)).toEqual(["acme/monthly", "acme/weekly"]);
    expect(catalogRows(model, { ...query, filter: "cube board" })).toEqual([]);
    const csv = catalogCsv(model, rows, catalogColumns).split("\r\n");
    expect(csv[0]).toBe("Name,Kind,Folder,Owner,Fed by,Used by,Columns,Changed,Health,Key,URL");
    // One line for each asset, none for groups.
    expect(csv).toHaveLength(rows.filter(({ type }) => type === "asset").length + 2);
  });

  it("count as used if people read them, and come first in the impact of a change", () => {
    const { findings } = buildHealth(model, 0, 90);
    expect(findings.map(({ title, whatItMeans, assets }) => [title, whatItMeans, keysOf(assets)])).toEqual([
      ["Unused", "Cubes that no report here reads.", ["acme/unused"]],
    ]);
    const impact = buildAssetImpact(model, null, model.indexOf("db/orders") ?? -1);
    expect(keysOf(impact.assets.map(({ asset }) => asset))).toEqual([
      "acme/monthly",
      "acme/weekly",
      "acme/margins",
      "acme/sales",
      "acme/unused",
    ]);
    expect(impactCsv(model, impact)).toMatch(
      /report,monthly of Acme,Acme\/Board,team:acme,,asset,https:\/\/acme\.example\/monthly,\d,.*\r\n/,
    );
  });

  it("have an icon and a color, whether their kind has a known icon or not", () => {
    const looks = model.graph.kinds.map((kind) => [colorNameOf(kind), iconPath(kind)] as const);
    expect(looks.map(([color]) => color)).toEqual(["table", "dataset", "dashboard"]);
    expect(looks[1]?.[1]).toBe(looks[2]?.[1]);
    expect(looks[0]?.[1]).not.toBe(looks[1]?.[1]);
    const invented = { id: "x", name: "X", plural: "X", rank: -1, icon: "constructor" as never };
    expect([colorNameOf(invented), iconPath(invented)]).toEqual(["other", looks[1]?.[1]]);
  });
});
