import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { DataModels } from "./data-models.ts";
import type { Datasets } from "./datasets.ts";
import type { People } from "./people.ts";
import type { Warehouse } from "./warehouse.ts";

/** The parts of the sample company that workbooks use. */
export interface CompanyParts {
  readonly company: OrganizationBuilder;
  readonly people: People;
  readonly tables: Warehouse;
  readonly models: DataModels;
  readonly datasets: Datasets;
}
