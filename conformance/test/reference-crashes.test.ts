import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { elementOf, OrganizationBuilder } from "@dagster-sigma/sigma-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withSandbox } from "../src/dagster-sigma/compare-case.ts";
import {
  loadOurs,
  ReferenceLoader,
  type ReferenceOutcome,
  wholeOrganization,
} from "../src/dagster-sigma/load-case.ts";
import { referenceSample } from "../src/dagster-sigma/reference-sample.ts";
import { type BothSides, loadAnswers } from "./load-answers.ts";
import { needsPython, referencePython } from "./reference.ts";

const python = await referencePython();

/** A company whose documents all read one table. */
function company(
  build: (parts: {
    readonly builder: OrganizationBuilder;
    readonly workbook: (path: string, name: string) => void;
    readonly dataset: (path: string, name: string) => void;
  }) => void,
): Organization {
  const builder = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = builder.member("Ada B", "ada@acme.example");
  const warehouse = builder.connection("Warehouse", "snowflake", owner);
  const table = builder.table(warehouse, "DB.S.T", { ID: "integer" });
  let count = 0;
  build({
    builder,
    workbook: (path, name) => {
      builder.workbook(path, name, { owner, key: String(++count) }, (book) => {
        book.page("Page").table("Table", { from: table, columns: ["Id"] });
      });
    },
    dataset: (path, name) => {
      builder.dataset(path, name, { owner, key: String(++count), from: [table] });
    },
  });
  return builder.build();
}

describe.skipIf(python === null)(`${needsPython} where the real dagster-sigma fails, ours loads`, () => {
  let reference: ReferenceLoader;
  beforeAll(() => {
    reference = new ReferenceLoader(python ?? "");
  });
  afterAll(() => reference.close());

  const loadBoth = async (organization: Organization, options = wholeOrganization): Promise<BothSides> => ({
    ours: await withSandbox(organization, (sandbox) => loadOurs(sandbox, options)),
    reference: await withSandbox(organization, (sandbox) => reference.load(sandbox, options)),
  });

  it.each<[string, string, readonly string[], Organization]>([
    [
      "two workbooks of one name",
      "DagsterInvalidDefinitionError",
      ["Sales", "Sales_"],
      company(({ workbook }) => {
        workbook("Europe", "Sales");
        workbook("Asia", "Sales");
      }),
    ],
    [
      "names that differ in punctuation only",
      "DagsterInvalidDefinitionError",
      ["Sales_EU", "Sales_EU_"],
      company(({ workbook }) => {
        workbook("Sales", "Sales - EU");
        workbook("Sales", "Sales/EU");
      }),
    ],
    [
      "two names without a Latin letter",
      "DagsterInvalidDefinitionError",
      ["_", "__"],
      company(({ workbook }) => {
        workbook("Japan", "売上");
        workbook("Japan", "顧客");
      }),
    ],
    [
      "a workbook and a dataset of one name",
      "DagsterInvalidDefinitionError",
      ["Orders", "Orders_"],
      company(({ workbook, dataset: addDataset }) => {
        workbook("Sales", "Orders");
        addDataset("Sales", "Orders");
      }),
    ],
  ])("%s", async (_what, error, keys, organization) => {
    const { ours, reference: outcome } = await loadBoth(organization);
    expect(errorOf(outcome)).toContain(error);
    const found = ours.map(({ key }) => key.join("/")).sort();
    expect(found).toHaveLength(2);
    for (const [index, start] of keys.entries()) expect(found[index]?.startsWith(start)).toBe(true);
    for (const { deps } of ours) expect(deps.map(({ key }) => key.join("/"))).toEqual(["db/s/t"]);
  });

  it.each<[string, string, object]>([
    ["a query row without SQL", "KeyError", { sql: undefined }],
    ["a query row whose SQL is null", "TypeError", { sql: null }],
    ["SQL that no parser reads", "ParseError", { sql: "select from from T )) where" }],
    ["SQL with the backticks of BigQuery", "Error", { sql: "select * from `proj.data.orders`" }],
  ])("%s", async (_what, error, changes) => {
    const sample = { ...referenceSample() };
    const path = Object.keys(sample).find((name) => name.endsWith("/queries")) ?? "";
    const { entries } = sample[path] as { readonly entries: readonly object[] };
    const changed = entries.map((row, index) => (index === 0 ? { ...row, ...changes } : row));
    const { ours, reference: outcome } = await loadAnswers(reference, {
      ...sample,
      [path]: { entries: changed, hasMore: false, total: changed.length, nextPage: null },
    });
    expect(errorOf(outcome)).toContain(error);
    expect(depsOf(ours, "Sample_Workbook")).toEqual(["Orders_Dataset", "my_database/my_schema/payments"]);
    expect(depsOf(ours, "Orders_Dataset")).toEqual(["testdb/jaffle_shop/stg_orders"]);
  });

  it("a dataset that no listing shows", async () => {
    const { ours, reference: outcome } = await loadAnswers(reference, {
      ...referenceSample(),
      datasets: { entries: [], hasMore: false, total: 0, nextPage: null },
    });
    expect(errorOf(outcome)).toContain("KeyError");
    expect(depsOf(ours, "Sample_Workbook")).toEqual(["my_database/my_schema/payments"]);
  });

  it("quoted names, which the reference takes with their quotes", async () => {
    const sql = 'select * from "DB"."SC"."T1" Q1';
    const { ours, reference: outcome } = await loadAnswers(reference, referenceSample({ sql }));
    expect(depsOf(assetsOf(outcome), "Orders_Dataset")).toContain("db/sc/_t1_");
    expect(depsOf(ours, "Orders_Dataset")).toEqual(["db/sc/t1"]);
  });

  it("names of two parts, which the reference drops", async () => {
    const { ours, reference: outcome } = await loadAnswers(
      reference,
      referenceSample({ sql: "select * from sc.tbl" }),
    );
    expect(depsOf(assetsOf(outcome), "Orders_Dataset")).not.toContain("sc/tbl");
    expect(depsOf(ours, "Orders_Dataset")).toEqual(["sc/tbl"]);
  });

  it("an element on two datasets, from which the reference learns no table", async () => {
    const builder = new OrganizationBuilder({ slug: "acme", name: "Acme" });
    const owner = builder.member("Ada B", "ada@acme.example");
    const warehouse = builder.connection("Warehouse", "snowflake", owner);
    const tables = ["DB.S.A", "DB.S.B"].map((path) => builder.table(warehouse, path, { ID: "integer" }));
    const datasets = tables.map((table, index) =>
      builder.dataset("Data", `Dataset ${index}`, { owner, from: [table] }),
    );
    builder.workbook("Sales", "Book", { owner }, (book) => {
      book.page("Page").table("Both", { from: datasets, columns: [] });
    });
    const { ours, reference: outcome } = await loadBoth(builder.build());
    expect(depsOf(assetsOf(outcome), "Dataset_0")).toEqual([]);
    expect(depsOf(ours, "Dataset_0")).toEqual(["db/s/a"]);
    expect(depsOf(ours, "Dataset_1")).toEqual(["db/s/b"]);
  });

  it("a folder filter, which the reference takes for the beginning of a text", async () => {
    const organization = company(({ workbook }) => {
      workbook("Sales", "A");
      workbook("Sales EU", "B");
      workbook("My Documents", "Sales notes");
    });
    const filter = { ...wholeOrganization.filter, workbookFolders: [["Sales"]] };
    const { ours, reference: outcome } = await loadBoth(organization, { ...wholeOrganization, filter });
    expect(keysOf(assetsOf(outcome))).toEqual(["A", "B"]);
    expect(keysOf(ours)).toEqual(["A"]);
  });

  it("a workbook on a data model, which has no upstream for the reference", async () => {
    const builder = new OrganizationBuilder({ slug: "acme", name: "Acme" });
    const owner = builder.member("Ada B", "ada@acme.example");
    const warehouse = builder.connection("Warehouse", "snowflake", owner);
    const table = builder.table(warehouse, "DB.S.T", { ID: "integer" });
    const model = builder.dataModel("Models", "Model", { owner }, (draft) => {
      draft.page("Page").table("Things", { from: table, columns: ["Id"] });
    });
    builder.workbook("Sales", "Book", { owner }, (book) => {
      book.page("Page").table("Things", { from: elementOf(model, "Things"), columns: ["Id"] });
    });
    const { ours, reference: outcome } = await loadBoth(builder.build());
    expect(depsOf(assetsOf(outcome), "Book")).toEqual([]);
    expect(depsOf(ours, "Book")).toEqual(["Model"]);
    expect(depsOf(ours, "Model")).toEqual(["db/s/t"]);
  });
});

type Assets = readonly {
  readonly key: readonly string[];
  readonly deps: readonly { readonly key: readonly string[] }[];
}[];

function keysOf(assets: Assets): readonly string[] {
  return assets.map(({ key }) => key.join("/")).sort();
}

function depsOf(assets: Assets, key: string): readonly string[] {
  const asset = assets.find((candidate) => candidate.key.join("/") === key);
  return (asset?.deps ?? []).map((dep) => dep.key.join("/")).sort();
}

function errorOf(outcome: ReferenceOutcome): string {
  return "error" in outcome ? outcome.error : "it loads";
}

function assetsOf(outcome: ReferenceOutcome): Assets {
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome.assets;
}
