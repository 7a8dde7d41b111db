import type { Connection, WarehouseTable } from "../organization/organization.ts";
import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { People } from "./people.ts";

type SnowflakeTable =
  | "orders"
  | "orderLines"
  | "refunds"
  | "customers"
  | "subscriptions"
  | "products"
  | "suppliers"
  | "roasts"
  | "greenLots"
  | "cuppings"
  | "ledger"
  | "budget"
  | "fxRates"
  | "campaigns"
  | "spend"
  | "sessions"
  | "shipments"
  | "stock"
  | "employees"
  | "legacyPrices";

type TillTable = "cafes" | "tickets" | "ticketItems" | "shifts" | "incidents";

type Tables<Name extends string> = { readonly [Table in Name]: WarehouseTable };

/** The tables of the company: its warehouse on Snowflake, and the registers of its cafés on Postgres. */
export interface Warehouse extends Tables<SnowflakeTable | TillTable> {
  readonly snowflake: Connection;
  readonly tillConnection: Connection;
}

export function addWarehouse(company: OrganizationBuilder, people: People): Warehouse {
  const snowflake = company.connection("Harbor Snowflake", "snowflake", people.amara, {
    account: "hc48213.eu-west-1",
    warehouse: "BI_WH",
  });
  const tillConnection = company.connection("Café Tills", "postgres", people.hugo);
  return {
    snowflake,
    tillConnection,
    ...snowflakeTables(company, snowflake),
    ...tillTables(company, tillConnection),
  };
}

function snowflakeTables(company: OrganizationBuilder, snowflake: Connection): Tables<SnowflakeTable> {
  return {
    orders: company.table(
      snowflake,
      "HARBOR.SALES.ORDERS",
      {
        ORDER_ID: "integer",
        CUSTOMER_ID: "integer",
        ORDERED_AT: "datetime",
        COUNTRY: "text",
        CHANNEL: "text",
        STATUS: "text",
        NET_AMOUNT: "number",
      },
      { badge: "Endorsed" },
    ),
    orderLines: company.table(snowflake, "HARBOR.SALES.ORDER_LINES", {
      ORDER_ID: "integer",
      PRODUCT_ID: "integer",
      QUANTITY: "integer",
      LINE_AMOUNT: "number",
    }),
    refunds: company.table(snowflake, "HARBOR.SALES.REFUNDS", {
      REFUND_ID: "integer",
      ORDER_ID: "integer",
      REFUNDED_AT: "datetime",
      REASON: "text",
      AMOUNT: "number",
    }),
    customers: company.table(snowflake, "HARBOR.CRM.CUSTOMERS", {
      CUSTOMER_ID: "integer",
      SIGNED_UP_AT: "datetime",
      COUNTRY: "text",
      SEGMENT: "text",
      IS_WHOLESALE: "boolean",
    }),
    subscriptions: company.table(snowflake, "HARBOR.CRM.SUBSCRIPTIONS", {
      SUBSCRIPTION_ID: "integer",
      CUSTOMER_ID: "integer",
      PLAN: "text",
      STARTED_ON: "datetime",
      ENDED_ON: "datetime",
      MONTHLY_PRICE: "number",
    }),
    products: company.table(snowflake, "HARBOR.CATALOG.PRODUCTS", {
      PRODUCT_ID: "integer",
      PRODUCT_NAME: "text",
      ORIGIN: "text",
      ROAST_LEVEL: "text",
      UNIT_COST: "number",
    }),
    suppliers: company.table(snowflake, "HARBOR.CATALOG.SUPPLIERS", {
      SUPPLIER_ID: "integer",
      SUPPLIER_NAME: "text",
      COUNTRY: "text",
    }),
    roasts: company.table(snowflake, "HARBOR.ROASTERY.ROASTS", {
      ROAST_ID: "integer",
      LOT_ID: "integer",
      ROASTED_AT: "datetime",
      INPUT_KG: "number",
      OUTPUT_KG: "number",
    }),
    greenLots: company.table(snowflake, "HARBOR.ROASTERY.GREEN_LOTS", {
      LOT_ID: "integer",
      SUPPLIER_ID: "integer",
      ARRIVED_ON: "datetime",
      KG: "number",
      PRICE_PER_KG: "number",
    }),
    cuppings: company.table(snowflake, "HARBOR.ROASTERY.CUPPING_SCORES", {
      ROAST_ID: "integer",
      CUPPED_AT: "datetime",
      SCORE: "number",
      NOTES: "text",
    }),
    ledger: company.table(
      snowflake,
      "HARBOR.FINANCE.LEDGER",
      {
        ENTRY_ID: "integer",
        ACCOUNT: "text",
        COST_CENTER: "text",
        BOOKED_ON: "datetime",
        AMOUNT: "number",
      },
      { badge: "Endorsed" },
    ),
    budget: company.table(snowflake, "HARBOR.FINANCE.BUDGET", {
      ACCOUNT: "text",
      COST_CENTER: "text",
      MONTH: "datetime",
      AMOUNT: "number",
    }),
    fxRates: company.table(snowflake, "HARBOR.FINANCE.FX_RATES", {
      CURRENCY: "text",
      RATE_DATE: "datetime",
      RATE: "number",
    }),
    campaigns: company.table(snowflake, "HARBOR.MARKETING.CAMPAIGNS", {
      CAMPAIGN_ID: "integer",
      CAMPAIGN_NAME: "text",
      CHANNEL: "text",
      STARTED_ON: "datetime",
    }),
    spend: company.table(snowflake, "HARBOR.MARKETING.SPEND", {
      CAMPAIGN_ID: "integer",
      SPENT_ON: "datetime",
      AMOUNT: "number",
      CLICKS: "integer",
    }),
    sessions: company.table(snowflake, "HARBOR.MARKETING.WEB_SESSIONS", {
      SESSION_ID: "text",
      CUSTOMER_ID: "integer",
      CAMPAIGN_ID: "integer",
      STARTED_AT: "datetime",
      DEVICE: "text",
    }),
    shipments: company.table(snowflake, "HARBOR.LOGISTICS.SHIPMENTS", {
      SHIPMENT_ID: "integer",
      ORDER_ID: "integer",
      CARRIER: "text",
      SHIPPED_AT: "datetime",
      DELIVERED_AT: "datetime",
    }),
    stock: company.table(snowflake, "HARBOR.LOGISTICS.STOCK", {
      PRODUCT_ID: "integer",
      SITE: "text",
      COUNTED_AT: "datetime",
      UNITS: "integer",
    }),
    employees: company.table(
      snowflake,
      "HARBOR.PEOPLE.EMPLOYEES",
      { EMPLOYEE_ID: "integer", TEAM: "text", STARTED_ON: "datetime", WEEKLY_HOURS: "number" },
      // The credentials do not see this table in the file listing.
      { isListed: false },
    ),
    legacyPrices: company.table(
      snowflake,
      "HARBOR.CATALOG.PRICES_2023",
      { PRODUCT_ID: "integer", PRICE: "number" },
      { badge: "Deprecated" },
    ),
  };
}

function tillTables(company: OrganizationBuilder, tills: Connection): Tables<TillTable> {
  return {
    cafes: company.table(tills, "tills.public.cafes", {
      cafe_id: "integer",
      cafe_name: "text",
      city: "text",
      opened_on: "datetime",
    }),
    tickets: company.table(tills, "tills.public.tickets", {
      ticket_id: "integer",
      cafe_id: "integer",
      closed_at: "datetime",
      total: "number",
      payment_method: "text",
    }),
    ticketItems: company.table(tills, "tills.public.ticket_items", {
      ticket_id: "integer",
      product_id: "integer",
      quantity: "integer",
      price: "number",
    }),
    shifts: company.table(tills, "tills.ops.shifts", {
      cafe_id: "integer",
      employee_id: "integer",
      starts_at: "datetime",
      ends_at: "datetime",
    }),
    incidents: company.table(tills, "tills.ops.incidents", {
      incident_id: "integer",
      cafe_id: "integer",
      reported_at: "datetime",
      severity: "text",
    }),
  };
}
