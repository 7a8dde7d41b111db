import type { Organization } from "../organization/organization.ts";
import { OrganizationBuilder } from "../organization/organization-builder.ts";
import { addBusinessWorkbooks } from "./business-workbooks.ts";
import type { CompanyParts } from "./company-parts.ts";
import { addDataModels } from "./data-models.ts";
import { addDatasets } from "./datasets.ts";
import { addOperationsWorkbooks } from "./operations-workbooks.ts";
import { addPeople } from "./people.ts";
import { addSalesWorkbooks } from "./sales-workbooks.ts";
import { addWarehouse } from "./warehouse.ts";

/**
 * Builds the sample organization: Harbor Coffee, which roasts coffee, sells it online and runs cafés. It contains
 * typical problems of an old organization: similar names, archived documents and deactivated members. Deterministic.
 */
export function buildSampleCompany(): Organization {
  const company = new OrganizationBuilder({ slug: "harbor-coffee", name: "Harbor Coffee" });
  const people = addPeople(company);
  const tables = addWarehouse(company, people);
  const models = addDataModels(company, people, tables);
  const datasets = addDatasets(company, people, tables, models);
  const parts: CompanyParts = { company, people, tables, models, datasets };
  addSalesWorkbooks(parts);
  addBusinessWorkbooks(parts);
  addOperationsWorkbooks(parts);
  return company.build();
}
