import type { Connection, Member, Organization, WarehouseTable } from "../organization/organization.ts";
import { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { VariantRule } from "../server/variant-rule.ts";

/** A small organization, written by hand, for one peculiarity of Sigma's organizations or answers. */
export interface Shape {
  /** Unique name. */
  readonly name: string;
  /** The peculiarity. */
  readonly about: string;
  /** The organization. */
  readonly organization: Organization;
  /** Forms of its answers. */
  readonly variants: readonly VariantRule[];
  /** Ids of documents that no answer shows, so that edges from or to them cannot be found. */
  readonly hidden: readonly string[];
}

/** What the organizations of all shapes have. */
export interface ShapeParts {
  readonly company: OrganizationBuilder;
  readonly owner: Member;
  readonly warehouse: Connection;
  /** `SHOP.CRM.ORDERS`. */
  readonly orders: WarehouseTable;
  /** `SHOP.CRM.CUSTOMERS`. */
  readonly customers: WarehouseTable;
}

/** Columns of {@link ShapeParts.orders} as documents show them. */
export const orderColumns: readonly string[] = ["Order Id", "Amount"];

/** Columns of {@link ShapeParts.customers} as documents show them. */
export const customerColumns: readonly string[] = ["Customer Id", "Country"];

/** Where the documents of shapes are, unless it matters. */
export const folder = "Sales";

/** What `fill` adds to a shape besides the objects of the organization. */
type Additions = Partial<Pick<Shape, "variants" | "hidden">>;

/** Builds a shape; `fill` adds its documents. */
export function buildShape(
  name: string,
  about: string,
  fill: (parts: ShapeParts) => Additions | undefined,
): Shape {
  const company = new OrganizationBuilder({ slug: name.replaceAll(/[^a-z0-9]+/g, "-"), name });
  const owner = company.member("Dana Doe", "dana@example.com");
  const warehouse = company.connection("Warehouse", "snowflake", owner);
  const orders = company.table(warehouse, "SHOP.CRM.ORDERS", { ORDER_ID: "text", AMOUNT: "number" });
  const customers = company.table(warehouse, "SHOP.CRM.CUSTOMERS", { CUSTOMER_ID: "text", COUNTRY: "text" });
  const { variants = [], hidden = [] } = fill({ company, owner, warehouse, orders, customers }) ?? {};
  return { name, about, organization: company.build(), variants, hidden };
}
