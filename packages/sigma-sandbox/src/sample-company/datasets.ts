import type { Dataset, DatasetRun } from "../organization/organization.ts";
import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { DataModels } from "./data-models.ts";
import type { People } from "./people.ts";
import type { Warehouse } from "./warehouse.ts";

/** The remaining datasets of the sample company. */
export interface Datasets {
  readonly orders: Dataset;
  readonly customer360: Dataset;
  readonly budgetVsActual: Dataset;
  readonly cafeTickets: Dataset;
  /** Archived, but still read by a workbook. */
  readonly promotions: Dataset;
}

export function addDatasets(
  company: OrganizationBuilder,
  people: People,
  tables: Warehouse,
  models: DataModels,
): Datasets {
  const { amara, dana, hugo, ines } = people;
  const orders = company.dataset("Sales/Datasets", "Orders Dataset", {
    owner: amara,
    from: [tables.orders, tables.refunds],
    description: "Orders with their refunds, one row per order.",
    createdAt: "2023-05-11T09:20:00.000Z",
    badge: "Deprecated",
    runs: [
      run("success", "2026-10-05T04:02:31.000Z", { runtimeSecs: 151, numRows: 48_211, numBytes: 5_120_400 }),
      run("failed", "2026-10-06T04:00:12.000Z", { error: "Warehouse COMPUTE_WH was suspended" }),
      run("success", "2026-10-06T05:02:44.000Z", { runtimeSecs: 164, numRows: 48_530, numBytes: 5_161_020 }),
    ],
  });
  // Migrated to the data model of the same name.
  const customer360 = company.dataset("Sales/Datasets", "Customers", {
    owner: amara,
    from: [tables.customers, orders],
    columns: ["Customer Id", "Segment", "Country", "Order Id", "Net Amount"],
    description: "Customers with what they bought. Use the data model of the same name instead.",
    createdAt: "2023-06-02T14:00:00.000Z",
    migratedTo: models.customers,
  });
  const budgetVsActual = company.dataset("Finance/Datasets", "Budget vs Actual", {
    owner: dana,
    from: [tables.ledger, tables.budget],
    description: "Booked amounts beside the plan, by account and cost center.",
    createdAt: "2023-09-28T08:00:00.000Z",
  });
  const cafeTickets = company.dataset("Cafés/Datasets", "Café Tickets", {
    owner: hugo,
    from: [tables.tickets, tables.cafes],
    createdAt: "2024-01-15T10:00:00.000Z",
  });
  const promotions = company.dataset("Marketing/Datasets", "Promotions 2023", {
    owner: ines,
    from: [tables.campaigns],
    createdAt: "2023-02-20T10:00:00.000Z",
    isArchived: true,
  });
  company.dataset("Logistics/Datasets", "Stock Counts", {
    owner: ines,
    from: [tables.stock],
    description: "No longer used.",
    createdAt: "2023-11-03T10:00:00.000Z",
  });
  return { orders, customer360, budgetVsActual, cafeTickets, promotions };
}

function run(
  status: DatasetRun["status"],
  finishedAt: string,
  details: Partial<DatasetRun> = {},
): DatasetRun {
  return { status, finishedAt, error: null, runtimeSecs: 12, numRows: 0, numBytes: 0, ...details };
}
