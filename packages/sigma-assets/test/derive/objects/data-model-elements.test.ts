import { Definitions } from "@dagster-sigma/asset-graph";
import { elementsOf, generateOrganization, type Source, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../../src/index.ts";

describe("an element of a data model as an asset", () => {
  it.each([3, 8, 21])("has its own sources and readers, seed %i", async (seed) => {
    const organization = generateOrganization({ workbooks: 40, seed });
    const sandbox = await startSandbox({ organization });
    onTestFinished(() => sandbox.close());
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
      dataModelGranularity: "element",
    });
    const idByKey = new Map(
      specs.map(({ key, metadata }) => [key.toString(), String(metadata["dagster_sigma/id"]?.value)]),
    );
    const found = new Set(
      specs.flatMap(({ key, deps }) =>
        deps.flatMap(({ assetKey, metadata }) => {
          const table = metadata["dagster/table_name"];
          const from = table === undefined ? idByKey.get(assetKey.toString()) : String(table.value);
          return [`${idByKey.get(key.toString())} reads ${from}`];
        }),
      ),
    );
    const names = (source: Source): readonly string[] => {
      switch (source.kind) {
        case "table":
          return [source.path.join(".").toLowerCase()];
        case "sql":
          return source.tables.flatMap(names);
        case "modelElement":
          return [`${source.model.id}/${source.element.id}`];
        case "dataset":
          return [source.id];
        case "element":
          return [];
      }
    };
    const actual = new Set<string>();
    for (const model of organization.dataModels) {
      for (const element of elementsOf(model)) {
        for (const source of [...element.sources, ...element.lookups]) {
          const read = source.kind === "element" ? [`${model.id}/${source.id}`] : names(source);
          for (const name of read) actual.add(`${model.id}/${element.id} reads ${name}`);
        }
      }
    }
    for (const workbook of organization.workbooks.filter(({ isArchived }) => !isArchived)) {
      for (const { sources, lookups } of elementsOf(workbook)) {
        for (const name of [...sources, ...lookups].flatMap(names))
          actual.add(`${workbook.id} reads ${name}`);
      }
    }
    const loaded = new Set(idByKey.values());
    const missing = [...actual].filter(
      (edge) => !found.has(edge) && loaded.has(edge.split(" reads ")[0] ?? ""),
    );
    expect(missing).toEqual([]);
    // If a model has several elements with one name, all possible ones are used.
    const datasets = new Set(organization.datasets.map(({ id }) => id));
    const extra = [...found].filter((edge) => !actual.has(edge) && !datasets.has(edge.split(" ")[0] ?? ""));
    expect(extra.length).toBeLessThan(0.02 * actual.size);
    expect(() => new Definitions({ assets: specs })).not.toThrow();
  });

  it("has a key below its model's, its model as group, and its own column names", async () => {
    const organization = generateOrganization({ workbooks: 20, seed: 4 });
    const sandbox = await startSandbox({ organization });
    onTestFinished(() => sandbox.close());
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
      dataModelGranularity: "element",
      workbookColumns: true,
    });
    const elements = specs.filter(({ kinds }) => kinds.includes("data_model"));
    expect(elements.length).toBeGreaterThan(10);
    for (const { key, groupName } of elements) {
      expect(key.path).toHaveLength(2);
      expect(key.path[0]?.startsWith(groupName ?? "none")).toBe(true);
    }
    const columns = new Map(
      specs.map(({ key, metadata }) => {
        const schema = metadata["dagster/column_schema"];
        const names = schema?.type === "table_schema" ? schema.value.columns.map(({ name }) => name) : [];
        return [key.toString(), new Set(names)];
      }),
    );
    for (const { metadata } of specs) {
      const lineage = metadata["dagster/column_lineage"];
      if (lineage?.type !== "table_column_lineage") continue;
      for (const { assetKey, columnName } of Object.values(lineage.value.depsByColumn).flat())
        if (columns.has(assetKey.toString())) expect(columns.get(assetKey.toString())).toContain(columnName);
    }
  });
});
