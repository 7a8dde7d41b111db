import { elementOf } from "../organization/organization-builder.ts";
import type { CompanyParts } from "./company-parts.ts";

/** Workbooks of sales, with similar folder names and names on purpose. */
export function addSalesWorkbooks({ company, people, tables, models, datasets }: CompanyParts): void {
  const { amara, bruno, elif, farid, production } = people;
  const orders = elementOf(models.sales, "Orders");
  const daily = elementOf(models.sales, "Orders by Day");

  company.workbook(
    "Executive",
    "Company Pulse",
    {
      owner: amara,
      version: 42,
      badge: "Endorsed",
      tags: [[production, 41]],
      description: "The five numbers that the Monday meeting opens with.",
    },
    (book) => {
      book.page("Pulse").chart("Net Sales", "line", { from: daily, columns: ["Day", "Net Sales"] });
      book.chart("Active Subscriptions", "kpi", {
        from: elementOf(models.customers, "Subscriptions"),
        columns: [{ name: "Active", formula: "CountIf([Is Active])", type: "integer" }],
      });
      book.chart("Cash Booked", "bar", {
        from: elementOf(models.finance, "Ledger"),
        columns: ["Booked On", "Amount"],
      });
      book.decoration("How to read this", "text");
    },
  );

  company.workbook(
    "Sales",
    "Orders Explorer",
    { owner: bruno, version: 17, tags: [[production, 15]] },
    (book) => {
      const table = book.page("Orders").table("All Orders", {
        from: orders,
        columns: ["Order Id", "Ordered At", "Country", "Channel", "Status", "Net Amount"],
      });
      book.chart("By Country", "bar", {
        from: table,
        columns: ["Country", { name: "Net", formula: "Sum([Net Amount])" }],
      });
      book.decoration("Country", "control");
      book.page("Refunds").table("Refunds", {
        from: elementOf(models.sales, "Refunds"),
        columns: ["Refund Id", "Reason", "Amount"],
      });
      book.materialize(table, "15 5 * * *");
    },
  );

  company.workbook(
    "Sales",
    "Weekly Review",
    { owner: bruno, version: 8, createdAt: "2024-09-02T08:00:00.000Z" },
    (book) => {
      book.page("Week").pivot("Net Sales by Week", {
        from: daily,
        columns: [
          { name: "Week", formula: 'DateTrunc("week", [Day])', type: "datetime" },
          "Country",
          "Net Sales",
        ],
      });
    },
  );

  // The cleaned form of both names is Sales_EU.
  company.workbook(
    "Sales",
    "Sales - EU",
    { owner: elif, version: 3, createdAt: "2024-05-06T08:00:00.000Z" },
    (book) => {
      book.page("EU").table("EU Orders", { from: orders, columns: ["Order Id", "Country", "Net Amount"] });
    },
  );
  company.workbook(
    "Sales",
    "Sales/EU",
    { owner: farid, version: 1, createdAt: "2025-02-10T08:00:00.000Z" },
    (book) => {
      book.page("EU").chart("EU by Month", "line", { from: orders, columns: ["Order Month", "Net Amount"] });
    },
  );

  // A folder whose name begins with `Sales`.
  company.workbook("Sales EU", "Pipeline", { owner: elif, version: 5 }, (book) => {
    book.page("Pipeline").table("Wholesale", {
      from: elementOf(models.customers, "Customers"),
      columns: ["Customer Id", "Segment", "Is Wholesale", "Lifetime Value"],
    });
  });

  // It has the same name as the dataset that it reads.
  company.workbook(
    "Sales",
    "Orders Dataset",
    { owner: amara, version: 2, createdAt: "2024-02-01T08:00:00.000Z" },
    (book) => {
      book.page("Page 1").table("Orders Dataset", {
        from: datasets.orders,
        columns: ["Order Id", "Customer Id", "Net Amount", "Status"],
      });
      book.chart("Orders by Status", "pie", {
        from: datasets.orders,
        columns: ["Status", { name: "Count of Order Id", formula: "Count([Order Id])", type: "integer" }],
      });
    },
  );

  company.workbook("Sales/Deep Dives", "Customer Value", { owner: bruno, version: 9 }, (book) => {
    const customers = book.page("Value").table("Customers", {
      from: datasets.customer360,
      columns: ["Customer Id", "Segment", "Country", "Net Amount"],
    });
    book.chart("Value by Segment", "bar", {
      from: customers,
      columns: ["Segment", { name: "Value", formula: "Avg([Net Amount])" }],
    });
  });

  company.workbook("Sales/Deep Dives", "Refund Reasons", { owner: bruno, version: 6 }, (book) => {
    const sql = book.page("Reasons").sql(
      tables.snowflake,
      "select r.REASON, o.COUNTRY, sum(r.AMOUNT) as REFUNDED\nfrom HARBOR.SALES.REFUNDS r\njoin HARBOR.SALES.ORDERS o on o.ORDER_ID = r.ORDER_ID\ngroup by 1, 2",
      [tables.refunds, tables.orders],
      [
        { output: { name: "REASON", type: "text" }, from: [[tables.refunds, "REASON"]] },
        { output: { name: "COUNTRY", type: "text" }, from: [[tables.orders, "COUNTRY"]] },
        { output: { name: "REFUNDED", type: "number" }, from: [[tables.refunds, "AMOUNT"]] },
      ],
    );
    book.chart("Refunded by Reason", "bar", { from: sql, columns: ["Reason", "Refunded"] });
  });

  company.workbook("Sales/Deep Dives", "Basket Analysis", { owner: amara, version: 11 }, (book) => {
    book.page("Baskets").table("Lines", {
      from: [elementOf(models.sales, "Order Lines"), elementOf(models.products, "Products")],
      columns: ["Order Id", "Product Name", "Origin", "Quantity", "Line Margin"],
    });
  });

  company.workbook("Sales", "Discount Check", { owner: farid, version: 1 }, (book) => {
    book.page("Check").table("List Prices", { from: tables.legacyPrices, columns: ["Product Id", "Price"] });
  });
}
