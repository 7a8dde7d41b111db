import type { DataModel } from "../organization/organization.ts";
import { elementOf, type OrganizationBuilder } from "../organization/organization-builder.ts";
import type { People } from "./people.ts";
import type { Warehouse } from "./warehouse.ts";

export interface DataModels {
  readonly sales: DataModel;
  readonly customers: DataModel;
  readonly products: DataModel;
  readonly roastery: DataModel;
  readonly finance: DataModel;
  readonly attribution: DataModel;
  readonly logistics: DataModel;
  readonly cafes: DataModel;
  /** In a personal folder, so no listing contains it. */
  readonly marginDraft: DataModel;
}

const folder = "Analytics/Data Models";

export function addDataModels(company: OrganizationBuilder, people: People, tables: Warehouse): DataModels {
  const { amara, bruno, chiyo, dana, hugo, production } = people;

  const products = company.dataModel(folder, "Products", { owner: chiyo, version: 6 }, (model) => {
    const catalog = model.page("Model").table("Products", {
      from: tables.products,
      columns: ["Product Id", "Product Name", "Origin", "Roast Level", "Unit Cost"],
    });
    model.table("Products by Origin", {
      from: catalog,
      columns: ["Origin", { name: "Product Count", formula: "CountDistinct([Product Id])", type: "integer" }],
    });
  });

  const sales = company.dataModel(
    folder,
    "Sales",
    { owner: amara, version: 31, badge: "Endorsed", tags: [[production, 30]] },
    (model) => {
      const orders = model.page("Model").table("Orders", {
        from: tables.orders,
        columns: [
          "Order Id",
          "Customer Id",
          "Ordered At",
          "Country",
          "Channel",
          "Status",
          "Net Amount",
          { name: "Order Month", formula: 'DateTrunc("month", [Ordered At])', type: "datetime" },
          { name: "Is Completed", formula: '[Status] = "completed"', type: "boolean" },
        ],
      });
      model.table("Refunds", {
        from: tables.refunds,
        columns: ["Refund Id", "Order Id", "Refunded At", "Reason", "Amount"],
      });
      model.table("Order Lines", {
        from: [tables.orderLines, elementOf(products, "Products")],
        columns: [
          "Order Id",
          "Product Id",
          "Quantity",
          "Line Amount",
          "Product Name",
          "Roast Level",
          { name: "Line Margin", formula: "[Line Amount] - [Quantity] * [Products/Unit Cost]" },
        ],
      });
      const daily = model.table("Orders by Day", {
        from: orders,
        columns: [
          { name: "Day", formula: 'DateTrunc("day", [Orders/Ordered At])', type: "datetime" },
          "Country",
          { name: "Orders", formula: "CountDistinct([Orders/Order Id])", type: "integer" },
          { name: "Net Sales", formula: "Sum([Orders/Net Amount])" },
        ],
      });
      model.materialize(daily, "0 5 * * *");
    },
  );

  const customers = company.dataModel(
    folder,
    "Customers",
    { owner: bruno, version: 12, tags: [[production, 12]] },
    (model) => {
      model.page("Model").table("Customers", {
        from: [tables.customers, elementOf(sales, "Orders")],
        columns: [
          "Customer Id",
          "Signed Up At",
          "Segment",
          "Is Wholesale",
          { name: "Lifetime Value", formula: "Sum([Orders/Net Amount])" },
          { name: "Last Order", formula: "Max([Orders/Ordered At])", type: "datetime" },
        ],
      });
      model.table("Subscriptions", {
        from: tables.subscriptions,
        columns: [
          "Subscription Id",
          "Customer Id",
          "Plan",
          "Started On",
          "Ended On",
          "Monthly Price",
          { name: "Is Active", formula: "IsNull([Ended On])", type: "boolean" },
        ],
      });
    },
  );

  const roastery = company.dataModel(folder, "Roastery", { owner: chiyo, version: 9 }, (model) => {
    model.page("Model").table("Roasts", {
      from: [tables.roasts, tables.greenLots],
      columns: [
        "Roast Id",
        "Lot Id",
        "Roasted At",
        "Input Kg",
        "Output Kg",
        "Price Per Kg",
        { name: "Yield", formula: "[Output Kg] / [Input Kg]" },
        { name: "Green Cost", formula: "[Input Kg] * [Price Per Kg]" },
      ],
    });
    model.table("Cupping", { from: tables.cuppings, columns: ["Roast Id", "Cupped At", "Score"] });
  });

  const finance = company.dataModel(
    "Finance/Models",
    "Ledger",
    { owner: dana, version: 18, badge: "Endorsed" },
    (model) => {
      model.page("Model").table("Ledger", {
        from: tables.ledger,
        columns: ["Entry Id", "Account", "Cost Center", "Booked On", "Amount"],
      });
      model.table("Plan", { from: tables.budget, columns: ["Account", "Cost Center", "Month", "Amount"] });
      model.table("Rates", { from: tables.fxRates, columns: ["Currency", "Rate Date", "Rate"] });
    },
  );

  const attribution = company.dataModel(folder, "Attribution", { owner: bruno, version: 4 }, (model) => {
    const touches = model.page("Model").table("Touches", {
      from: [tables.sessions, tables.campaigns],
      columns: ["Session Id", "Customer Id", "Started At", "Device", "Campaign Name", "Channel"],
    });
    model.table("Spend", { from: tables.spend, columns: ["Campaign Id", "Spent On", "Amount", "Clicks"] });
    model.table("Attributed Sales", {
      from: [touches, elementOf(sales, "Orders")],
      columns: [
        "Campaign Name",
        "Order Month",
        { name: "Attributed Net", formula: "Sum([Orders/Net Amount])" },
        {
          name: "Touches per Order",
          formula: "CountDistinct([Touches/Session Id]) / CountDistinct([Orders/Order Id])",
        },
      ],
    });
  });

  const logistics = company.dataModel(folder, "Logistics", { owner: bruno, version: 7 }, (model) => {
    model.page("Model").table("Deliveries", {
      from: [tables.shipments, elementOf(sales, "Orders")],
      columns: [
        "Shipment Id",
        "Order Id",
        "Carrier",
        "Shipped At",
        "Delivered At",
        "Country",
        {
          name: "Days in Transit",
          formula: 'DateDiff("day", [Shipped At], [Delivered At])',
          type: "integer",
        },
      ],
    });
  });

  const cafes = company.dataModel("Cafés/Models", "Cafés", { owner: hugo, version: 5 }, (model) => {
    model.page("Model").table("Tickets", {
      from: [tables.tickets, tables.cafes],
      columns: ["Ticket Id", "Closed At", "Total", "Payment Method", "Cafe Name", "City"],
    });
    model.table("Items", {
      from: tables.ticketItems,
      columns: ["Ticket Id", "Product Id", "Quantity", "Price"],
    });
  });

  const marginDraft = company.dataModel(
    "My Documents",
    "Margin Draft",
    { owner: chiyo, version: 2, isListed: false },
    (model) => {
      model.page("Model").table("Margin", {
        from: [elementOf(sales, "Order Lines")],
        columns: ["Product Name", { name: "Margin", formula: "Sum([Order Lines/Line Margin])" }],
      });
    },
  );

  return { sales, customers, products, roastery, finance, attribution, logistics, cafes, marginDraft };
}
