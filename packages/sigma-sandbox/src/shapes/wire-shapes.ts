import { elementOf } from "../organization/organization-builder.ts";
import { type WireVariant, wireVariants } from "../server/variants/wire-variants.ts";
import { buildShape, customerColumns, folder, orderColumns, type Shape, type ShapeParts } from "./shape.ts";

/** Forms that concern single documents, and so are in the shapes of those. */
const ofSingleDocuments: ReadonlySet<WireVariant> = new Set<WireVariant>([
  "forbiddenDataModel",
  "onlyQueries",
  "onlyElementQueries",
]);

/** Sets of forms that only together leave a single route. */
const together: readonly (readonly [name: string, about: string, variants: readonly WireVariant[]])[] = [
  [
    "tables without paths",
    "Paths are refused; the listing of files names the tables.",
    ["pathListingForbidden", "pathLookupsForbidden"],
  ],
  [
    "tables by single files",
    "Neither paths nor a listing of files; each file tells its path (DataHub).",
    ["pathListingForbidden", "pathLookupsForbidden", "fileListingForbidden"],
  ],
  [
    "tables by SQL",
    "Neither paths nor files; only the SQL of an element that reads a single table names it.",
    ["pathListingForbidden", "pathLookupsForbidden", "fileListingForbidden", "fileLookupsForbidden"],
  ],
  [
    "element lineage with edges only",
    "Only the lineage of single elements answers, and it has no nodes for tables and datasets.",
    ["onlyElementLineage", "sourcesOnlyInEdges"],
  ],
  [
    "element lineage with all nodes",
    "Only the lineage of single elements answers, with the nodes of the others.",
    ["onlyElementLineage", "unreachedNodes"],
  ],
  [
    "element lineage with other sources",
    "Only the lineage of single elements answers, with a worksheet and a reference that no node describes.",
    ["onlyElementLineage", "worksheetSources", "undescribedReferences"],
  ],
  [
    "element lineage with semantic views",
    "Only the lineage of single elements answers, and tables are semantic views.",
    ["onlyElementLineage", "semanticViews"],
  ],
];

/**
 * One organization that reads a bit of everything, in each form of answers and in forms that add up. All of these
 * shapes share the organization, so that only the answers differ.
 */
export function wireShapes(): readonly Shape[] {
  const everything = readingEverything();
  const tables = readingTables();
  const workbook = tables.organization.workbooks[0]?.id ?? "";
  const single = (Object.keys(wireVariants) as WireVariant[]).filter((name) => !ofSingleDocuments.has(name));
  const inForms = (name: string, about: string, variants: readonly WireVariant[]): Shape => ({
    ...everything,
    name,
    about,
    variants: variants.map((variant) => ({ variant })),
  });
  return [
    ...single.map((variant) => inForms(variant, wireVariants[variant].about, [variant])),
    ...together.map(([name, about, variants]) => inForms(name, about, variants)),
    ...(["onlyQueries", "onlyElementQueries"] as const).map((variant) => ({
      ...tables,
      name: variant,
      about: wireVariants[variant].about,
      variants: [{ variant, document: workbook }],
    })),
  ];
}

function readingEverything(): Shape {
  return buildShape("every source", "Documents that read everything that Sigma describes.", (parts) => {
    const { company, owner, warehouse, orders, customers } = parts;
    company.table(warehouse, "SHOP.CRM.UNREAD", { ID: "text" });
    const dataset = company.dataset(folder, "Customer List", { owner, from: [customers] });
    const base = company.dataModel(folder, "Base", { owner }, (model) => {
      model.page("Page 1").table("Orders", { from: orders, columns: orderColumns });
      model.table("Customers", { from: customers, columns: customerColumns });
    });
    const top = company.dataModel(folder, "Top", { owner }, (model) => {
      model.page("Page 1").table("Orders", { from: elementOf(base, "Orders"), columns: orderColumns });
    });
    company.workbook(folder, "Models", { owner }, (workbook) => {
      workbook.page("Page 1").table("Orders", { from: elementOf(top, "Orders"), columns: orderColumns });
      workbook.table("Customers", { from: elementOf(base, "Customers"), columns: customerColumns });
    });
    company.workbook(folder, "Datasets", { owner }, (workbook) => {
      workbook.page("Page 1").table("Customers", { from: dataset, columns: customerColumns });
    });
    addWorkbookOverTables(parts);
    return undefined;
  });
}

function readingTables(): Shape {
  return buildShape("tables only", "A workbook that reads tables, directly and in SQL.", (parts) => {
    addWorkbookOverTables(parts);
    return undefined;
  });
}

/** Adds a workbook over tables, custom SQL and its own elements. */
function addWorkbookOverTables({ company, owner, warehouse, orders, customers }: ShapeParts): void {
  const refunds = company.table(warehouse, "SHOP.CRM.REFUNDS", { REFUND_ID: "text" });
  company.workbook(folder, "Tables", { owner }, (workbook) => {
    const table = workbook.page("Page 1").table("Orders", { from: orders, columns: orderColumns });
    workbook.chart("Amounts", "bar", { from: table, columns: ["Amount"] });
    workbook.table("Customers", { from: customers, columns: customerColumns });
    workbook.table("Joined", { from: [orders, customers], columns: ["Order Id", "Country"] });
    const definition = "select REFUND_ID from SHOP.CRM.REFUNDS";
    const output = { name: "REFUND_ID", type: "text" as const };
    const sql = workbook.sql(warehouse, definition, [refunds], [{ output, from: [[refunds, "REFUND_ID"]] }]);
    workbook.page("Page 2").table("Refunds", { from: sql, columns: ["Refund Id"] });
    workbook.decoration("Notes", "text");
  });
}
