import { type DocumentBuilder, type Organization, OrganizationBuilder } from "@dagster-sigma/sigma-sandbox";

/** Number of scheduled elements of each document of a {@link buildScheduledCompany}. */
export interface ScheduledDocuments {
  /** Default: one workbook with one. */
  readonly workbooks?: readonly number[];
  /** Default: no data model. */
  readonly dataModels?: readonly number[];
  /** Whether the schedules are paused (default: false). */
  readonly paused?: boolean;
}

/** An organization whose documents have scheduled elements. The ids depend only on the position of a document or element. */
export function buildScheduledCompany({
  workbooks = [1],
  dataModels = [],
  paused = false,
}: ScheduledDocuments = {}): Organization {
  const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = company.member("Dana Doe", "dana@acme.example");
  const warehouse = company.connection("Warehouse", "snowflake", owner);
  const orders = company.table(warehouse, "DB.PUBLIC.ORDERS", { AMOUNT: "number" });
  const fill =
    (count: number) =>
    (document: DocumentBuilder): void => {
      document.page("Page").table("Live", { from: orders, columns: ["Amount"] });
      for (let index = 1; index <= count; index++) {
        const element = document.table(`Sheet ${index}`, { from: orders, columns: ["Amount"] });
        document.materialize(element, "0 5 * * *", { paused });
      }
    };
  for (const [index, count] of workbooks.entries())
    company.workbook("Sales", `Workbook ${index + 1}`, { owner }, fill(count));
  for (const [index, count] of dataModels.entries())
    company.dataModel("Sales", `Model ${index + 1}`, { owner }, fill(count));
  return company.build();
}
