import { elementOf } from "../organization/organization-builder.ts";
import { buildShape, customerColumns, folder, orderColumns, type Shape } from "./shape.ts";

/** What elements read, and how they are named. */
export function elementShapes(): readonly Shape[] {
  return [
    buildShape(
      "element without name",
      "An element of a data model and one of a workbook have no name.",
      (parts) => {
        const { company, owner, orders, customers } = parts;
        const model = company.dataModel(folder, "Orders", { owner }, (content) => {
          content.page("Page 1").table("Orders", { from: orders, columns: orderColumns });
          content.table("", { from: customers, columns: customerColumns });
        });
        company.workbook(folder, "Overview", { owner }, (workbook) => {
          workbook
            .page("Page 1")
            .table("Orders", { from: elementOf(model, "Orders"), columns: orderColumns });
          workbook.table("", { from: customers, columns: customerColumns });
        });
      },
    ),

    buildShape("chart on chart", "A chart reads a chart, which reads a table element.", (parts) => {
      const { company, owner, orders } = parts;
      company.workbook(folder, "Overview", { owner }, (workbook) => {
        const table = workbook.page("Page 1").table("Orders", { from: orders, columns: orderColumns });
        const bars = workbook.chart("Amounts", "bar", { from: table, columns: orderColumns });
        workbook.page("Page 2").chart("Total", "kpi", { from: bars, columns: ["Amount"] });
      });
    }),

    buildShape(
      "custom SQL beside a table",
      "One element reads custom SQL, another a warehouse table, in a data model and in a workbook.",
      (parts) => {
        const { company, owner, warehouse, orders, customers } = parts;
        const definition = "select c.COUNTRY, count(*) as N from SHOP.CRM.CUSTOMERS c group by 1";
        const fill: Parameters<typeof company.workbook>[3] = (document) => {
          const output = { name: "COUNTRY", type: "text" as const };
          const sql = document.sql(
            warehouse,
            definition,
            [customers],
            [{ output, from: [[customers, "COUNTRY"]] }],
          );
          document.page("Page 1").table("Countries", { from: sql, columns: ["Country"] });
          document.table("Orders", { from: orders, columns: orderColumns });
        };
        company.dataModel(folder, "Countries", { owner }, fill);
        company.workbook(folder, "Countries", { owner, key: "workbook" }, fill);
      },
    ),

    buildShape(
      "one table under two documents",
      "Elements of one name in two workbooks and a data model read tables of one name in two schemas.",
      (parts) => {
        const { company, owner, warehouse, orders } = parts;
        const archive = company.table(warehouse, "SHOP.ARCHIVE.ORDERS", {
          ORDER_ID: "text",
          AMOUNT: "number",
        });
        company.dataModel(folder, "Orders", { owner }, (model) => {
          model.page("Page 1").table("Orders", { from: archive, columns: orderColumns });
        });
        for (const [name, from] of [
          ["Current", orders],
          ["Archived", archive],
        ] as const) {
          company.workbook(folder, name, { owner }, (workbook) => {
            workbook.page("Page 1").table("Orders", { from, columns: orderColumns });
          });
        }
      },
    ),

    buildShape(
      "dataset, twice charted, and a table",
      "The organization of dagster-sigma's own tests: two elements over a dataset, one over a table.",
      (parts) => {
        const { company, owner, warehouse, orders } = parts;
        const payments = company.table(warehouse, "SHOP.CRM.PAYMENTS", { PAYMENT_ID: "text" });
        const dataset = company.dataset("My Documents", "Orders Dataset", { owner, from: [orders] });
        company.workbook("My Documents/My Subfolder", "Sample Workbook", { owner }, (workbook) => {
          workbook.page("Page 1").table("Orders", { from: dataset, columns: orderColumns });
          workbook.chart("Amounts", "bar", { from: dataset, columns: ["Amount"] });
          workbook.table("Payments", { from: payments, columns: ["Payment Id"] });
        });
      },
    ),
  ];
}
