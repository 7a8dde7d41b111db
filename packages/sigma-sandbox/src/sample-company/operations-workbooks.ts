import { elementOf } from "../organization/organization-builder.ts";
import type { CompanyParts } from "./company-parts.ts";

/** Workbooks of roastery, logistics and cafés, and those in personal folders. */
export function addOperationsWorkbooks({ company, people, tables, models, datasets }: CompanyParts): void {
  const { bruno, chiyo, farid, greta, hugo, robot, production } = people;

  company.workbook(
    "Roastery",
    "Roast Log",
    { owner: chiyo, version: 22, tags: [[production, 22]] },
    (book) => {
      const roasts = book.page("Log").table("Roasts", {
        from: elementOf(models.roastery, "Roasts"),
        columns: ["Roast Id", "Roasted At", "Input Kg", "Output Kg", "Yield"],
      });
      book.chart("Yield over Time", "line", { from: roasts, columns: ["Roasted At", "Yield"] });
      book.materialize(roasts, "30 4 * * *", { paused: true });
    },
  );

  company.workbook("Roastery", "Cupping Room", { owner: chiyo, version: 8 }, (book) => {
    book.page("Scores").table("Scores", {
      from: [elementOf(models.roastery, "Cupping"), elementOf(models.roastery, "Roasts")],
      columns: ["Roast Id", "Cupped At", "Score", "Lot Id"],
    });
  });

  company.workbook("Roastery", "Green Coffee Buying", { owner: chiyo, version: 13 }, (book) => {
    book.page("Lots").table("Lots", {
      from: [tables.greenLots, tables.suppliers],
      columns: ["Lot Id", "Arrived On", "Kg", "Price Per Kg", "Supplier Name", "Country"],
    });
  });

  company.workbook("Logistics", "Delivery Times", { owner: bruno, version: 9 }, (book) => {
    book.page("Times").chart("Days in Transit", "bar", {
      from: elementOf(models.logistics, "Deliveries"),
      columns: ["Carrier", { name: "Average Days", formula: "Avg([Days in Transit])" }],
    });
  });

  company.workbook("Logistics", "Carrier Scorecard", { owner: bruno, version: 5 }, (book) => {
    const sql = book.page("Carriers").sql(
      tables.snowflake,
      "with late as (\n  select CARRIER, count(*) as LATE_COUNT\n  from HARBOR.LOGISTICS.SHIPMENTS\n  where DELIVERED_AT > SHIPPED_AT + interval '5 days'\n  group by CARRIER\n)\nselect CARRIER, LATE_COUNT from late",
      [tables.shipments],
      [
        { output: { name: "CARRIER", type: "text" }, from: [[tables.shipments, "CARRIER"]] },
        { output: { name: "LATE_COUNT", type: "integer" }, from: [] },
      ],
    );
    book.table("Late Deliveries", { from: sql, columns: ["Carrier", "Late Count"] });
  });

  company.workbook("Cafés", "Till Summary", { owner: hugo, version: 16 }, (book) => {
    book.page("Tills").table("Tickets", {
      from: elementOf(models.cafes, "Tickets"),
      columns: ["Ticket Id", "Closed At", "Total", "Cafe Name", "City"],
    });
    book.pivot("Takings by City", {
      from: elementOf(models.cafes, "Tickets"),
      columns: ["City", { name: "Takings", formula: "Sum([Total])" }],
    });
  });

  company.workbook(
    "Cafés",
    "Café Tickets",
    { owner: hugo, version: 3, createdAt: "2024-06-20T08:00:00.000Z" },
    (book) => {
      book
        .page("Tickets")
        .table("Café Tickets", { from: datasets.cafeTickets, columns: ["Ticket Id", "Total", "City"] });
    },
  );

  company.workbook("Cafés", "Menu Mix", { owner: greta, version: 7 }, (book) => {
    book.page("Mix").table("Items", {
      from: [elementOf(models.cafes, "Items"), elementOf(models.products, "Products")],
      columns: ["Ticket Id", "Quantity", "Price", "Product Name"],
    });
  });

  company.workbook("Cafés", "Shift Planner", { owner: greta, version: 20 }, (book) => {
    book.page("Shifts").table("Shifts", {
      from: [tables.shifts, tables.cafes],
      columns: ["Starts At", "Ends At", "Cafe Name"],
    });
    book.table("Incidents", { from: tables.incidents, columns: ["Incident Id", "Reported At", "Severity"] });
  });

  // Contains only text, so Sigma has no lineage for it.
  company.workbook("Cafés", "House Rules", { owner: hugo, version: 1 }, (book) => {
    book.page("Rules").decoration("Rules", "text");
    book.decoration("Logo", "image");
  });

  // Owned by a service account whose address Dagster rejects as an owner.
  company.workbook("Exports", "Nightly Orders Export", { owner: robot, version: 88 }, (book) => {
    book.page("Export").table("Orders", {
      from: tables.orders,
      columns: ["Order Id", "Customer Id", "Ordered At", "Net Amount"],
    });
  });

  company.workbook("My Documents", "Margin Scratch", { owner: chiyo, version: 3 }, (book) => {
    book.page("Scratch").table("Margin", {
      from: elementOf(models.marginDraft, "Margin"),
      columns: ["Product Name", "Margin"],
    });
  });

  company.workbook("My Documents", "untitled 7", { owner: farid, version: 1 }, (book) => {
    book.page("Page 1").table("TICKETS", { from: tables.tickets, columns: ["Ticket Id", "Total"] });
  });
}
