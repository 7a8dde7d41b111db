import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { DataModels } from "./data-models.ts";
import type { Datasets } from "./datasets.ts";
import type { People } from "./people.ts";
import type { Warehouse } from "./warehouse.ts";

/** What the workbooks of the sample company are made of. */
export interface CompanyParts {
  readonly company: OrganizationBuilder;
  readonly people: People;
  readonly tables: Warehouse;
  readonly models: DataModels;
  readonly datasets: Datasets;
}
