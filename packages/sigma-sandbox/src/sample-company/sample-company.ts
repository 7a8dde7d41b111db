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
 * Harbor Coffee, a company that roasts coffee, sells it online and runs cafés: what an organization looks like after
 * some years, with its look-alikes, leftovers and people who have left. Always the same.
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
