import type { SigmaClient } from "@dagster-sigma/sigma-client";
import {
  type DocumentBuilder,
  type Organization,
  OrganizationBuilder,
  type Sandbox,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { onTestFinished } from "vitest";
import { type MaterializeTarget, SigmaOrganization, type SigmaOrganizationOptions } from "../../src/index.ts";

/** How many scheduled elements each document has; their names are `Sheet 1`, `Sheet 2`, … */
interface Scheduled {
  /** Default: one workbook with two elements. */
  readonly workbooks?: readonly number[];
  /** Default: none. */
  readonly dataModels?: readonly number[];
  /** Whether the schedules are paused (default: false). */
  readonly paused?: boolean;
  /** Delay of every response, in ms (default: 0). */
  readonly delayMs?: number;
}

/** An organization whose documents have scheduled elements, and one element `Live` without a schedule. */
function buildScheduledCompany({
  workbooks = [2],
  dataModels = [],
  paused = false,
}: Scheduled): Organization {
  const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = company.member("Dana Doe", "dana@example.com");
  const warehouse = company.connection("Warehouse", "snowflake", owner);
  const orders = company.table(warehouse, "DB.PUBLIC.ORDERS", { AMOUNT: "number" });
  const fill =
    (count: number) =>
    (document: DocumentBuilder): void => {
      document.page("Page");
      for (let index = 1; index <= count; index++) {
        const element = document.table(`Sheet ${index}`, { from: orders, columns: ["Amount"] });
        document.materialize(element, "0 5 * * *", { paused });
      }
      document.table("Live", { from: orders, columns: ["Amount"] });
    };
  for (const [index, count] of workbooks.entries())
    company.workbook("Sales", `Workbook ${index + 1}`, { owner }, fill(count));
  for (const [index, count] of dataModels.entries())
    company.dataModel("Sales", `Model ${index + 1}`, { owner }, fill(count));
  return company.build();
}

/** A sandbox with the organization, and a client of it. Both are closed when the test ends. */
export async function startScheduledCompany(
  scheduled: Scheduled = {},
  options: Partial<SigmaOrganizationOptions> = {},
): Promise<{
  readonly organization: Organization;
  readonly sandbox: Sandbox;
  readonly sigma: SigmaOrganization;
  readonly client: SigmaClient;
  readonly workbook: MaterializeTarget;
}> {
  const organization = buildScheduledCompany(scheduled);
  const sandbox = await startSandbox({ organization, delayMs: scheduled.delayMs ?? 0 });
  const sigma = new SigmaOrganization({
    ...sandbox,
    retryLimits: { baseDelayMs: 1, maxDelayMs: 2 },
    ...options,
  });
  const client = sigma.createClient();
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  const [found] = organization.workbooks;
  const id = found?.id ?? "";
  return {
    organization,
    sandbox,
    sigma,
    client,
    workbook: { type: "workbook", id, name: found?.name ?? "" },
  };
}

/** Number of starts for each sheet that was started. */
export function startsBySheet(sandbox: Sandbox): readonly number[] {
  const counts = new Map<string, number>();
  for (const { sheetId } of sandbox.materializations.started)
    counts.set(sheetId, (counts.get(sheetId) ?? 0) + 1);
  return [...counts.values()];
}
