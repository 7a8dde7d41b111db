import { elementOf } from "../organization/organization-builder.ts";
import type { CompanyParts } from "./company-parts.ts";

/** Workbooks of finance, marketing and human resources. */
export function addBusinessWorkbooks({ company, people, tables, models, datasets }: CompanyParts): void {
  const { amara, bruno, dana, elif, greta, ines, production, audited } = people;
  const ledger = elementOf(models.finance, "Ledger");

  company.workbook(
    "Finance/Board",
    "Revenue Overview",
    {
      owner: dana,
      version: 27,
      badge: "Endorsed",
      tags: [
        [production, 26],
        [audited, 25],
      ],
      description: "Booked revenue for the board pack.",
    },
    (book) => {
      const revenue = book.page("Overview").table("Revenue", {
        from: [ledger, elementOf(models.finance, "Rates")],
        columns: [
          "Account",
          "Booked On",
          "Amount",
          { name: "Amount in EUR", formula: "[Ledger/Amount] / [Rates/Rate]" },
        ],
      });
      book.chart("Revenue by Month", "area", { from: revenue, columns: ["Booked On", "Amount in EUR"] });
      book.page("Detail").pivot("By Account", { from: revenue, columns: ["Account", "Amount in EUR"] });
    },
  );

  company.workbook("Finance/Board", "Cash Position", { owner: dana, version: 12 }, (book) => {
    book.page("Cash").chart("Cash", "line", { from: ledger, columns: ["Booked On", "Amount"] });
  });

  company.workbook(
    "Finance/Close",
    "Budget vs Actual",
    { owner: elif, version: 19, createdAt: "2024-01-08T08:00:00.000Z" },
    (book) => {
      book.page("Close").pivot("Budget vs Actual", {
        from: datasets.budgetVsActual,
        columns: ["Account", "Cost Center", "Month", "Amount"],
      });
    },
  );

  company.workbook("Finance/Close", "Cost Centers", { owner: elif, version: 4 }, (book) => {
    book.page("Centers").table("Plan", {
      from: elementOf(models.finance, "Plan"),
      columns: ["Cost Center", "Month", "Amount"],
    });
    book.table("Actual", { from: tables.ledger, columns: ["Cost Center", "Booked On", "Amount"] });
  });

  company.workbook("Finance/Close", "Subscription Deferrals", { owner: dana, version: 7 }, (book) => {
    book.page("Deferrals").table("Deferrals", {
      from: elementOf(models.customers, "Subscriptions"),
      columns: ["Subscription Id", "Plan", "Started On", "Monthly Price", "Is Active"],
    });
  });

  company.workbook(
    "Marketing",
    "Campaign Performance",
    { owner: bruno, version: 14, tags: [[production, 14]] },
    (book) => {
      book.page("Campaigns").table("Attributed", {
        from: elementOf(models.attribution, "Attributed Sales"),
        columns: ["Campaign Name", "Order Month", "Attributed Net"],
      });
      book.chart("Spend", "bar", {
        from: elementOf(models.attribution, "Spend"),
        columns: ["Spent On", "Amount"],
      });
    },
  );

  company.workbook(
    "Marketing",
    "Weekly Review",
    { owner: greta, version: 6, createdAt: "2025-01-13T08:00:00.000Z" },
    (book) => {
      book.page("Week").chart("Sessions", "line", {
        from: elementOf(models.attribution, "Touches"),
        columns: [
          "Started At",
          { name: "Sessions", formula: "CountDistinct([Session Id])", type: "integer" },
        ],
      });
    },
  );

  company.workbook("Marketing", "Web Funnel", { owner: greta, version: 3 }, (book) => {
    book
      .page("Funnel")
      .table("Sessions", { from: tables.sessions, columns: ["Session Id", "Device", "Started At"] });
  });

  // Reads a dataset that was archived later.
  company.workbook("Marketing/Archive", "Promotions Recap", { owner: ines, version: 2 }, (book) => {
    book.page("Recap").table("Promotions", {
      from: datasets.promotions,
      columns: ["Campaign Name", "Channel", "Started On"],
    });
  });

  // The cleaned form of both names is one underscore.
  company.workbook(
    "Marketing/Japan",
    "店舗レポート",
    { owner: people.chiyo, version: 4, createdAt: "2025-03-03T08:00:00.000Z" },
    (book) => {
      book.page("レポート").chart("売上", "bar", {
        from: elementOf(models.sales, "Orders by Day"),
        columns: ["Day", "Net Sales"],
      });
    },
  );
  company.workbook(
    "Marketing/Japan",
    "広告",
    { owner: people.chiyo, version: 2, createdAt: "2025-06-09T08:00:00.000Z" },
    (book) => {
      book.page("広告").chart("費用", "line", {
        from: elementOf(models.attribution, "Spend"),
        columns: ["Spent On", "Amount"],
      });
    },
  );

  // The credentials do not see its table in the file listing.
  company.workbook("People", "Headcount", { owner: amara, version: 10 }, (book) => {
    book.page("Headcount").table("Employees", {
      from: tables.employees,
      columns: ["Employee Id", "Team", "Started On", "Weekly Hours"],
    });
  });

  company.workbook("Executive", "Old KPI Wall", { owner: ines, version: 55, isArchived: true }, (book) => {
    book.page("Wall").chart("Orders", "kpi", { from: tables.orders, columns: ["Net Amount"] });
  });
}
