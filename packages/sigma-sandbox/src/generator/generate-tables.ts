import type { ColumnTypeName, Connection, WarehouseTable } from "../organization/organization.ts";
import type { OrganizationBuilder } from "../organization/organization-builder.ts";
import type { GenerationPlan } from "./generation-plan.ts";
import type { Random } from "./random.ts";

/** A warehouse of a generated organization. */
interface Warehouse {
  readonly name: string;
  readonly type: string;
  readonly databases: readonly [string, ...string[]] | null;
  readonly schemas: readonly [string, ...string[]];
  readonly upperCase: boolean;
  readonly friendlyNames: boolean;
  /** Whether its tables have the same paths as those of another warehouse. */
  readonly copies: boolean;
}

const warehouse = {
  databases: null,
  upperCase: false,
  friendlyNames: true,
  copies: false,
} as const;

const warehouses: readonly Warehouse[] = [
  {
    ...warehouse,
    name: "Warehouse",
    type: "snowflake",
    databases: ["ANALYTICS", "RAW", "PROD"],
    schemas: ["SALES", "FINANCE", "MARKETING", "PUBLIC"],
    upperCase: true,
  },
  {
    ...warehouse,
    name: "Events",
    type: "bigQuery",
    databases: ["acme-events-prod", "acme-shared"],
    schemas: ["web", "app", "exports"],
  },
  {
    ...warehouse,
    name: "Lakehouse",
    type: "databricks",
    databases: ["main", "ml"],
    schemas: ["gold", "silver"],
    friendlyNames: false,
  },
  { ...warehouse, name: "Billing", type: "redshift", schemas: ["billing", "public"] },
  { ...warehouse, name: "Shop", type: "postgres", databases: ["shop"], schemas: ["public", "crm"] },
  {
    ...warehouse,
    name: "Warehouse (staging)",
    type: "snowflake",
    databases: ["ANALYTICS"],
    schemas: ["SALES"],
    upperCase: true,
    copies: true,
  },
];

/** Connection types whose SQL quotes names with backticks, which the Python library cannot parse for datasets. */
const backtickTypes: ReadonlySet<string> = new Set(["bigQuery", "databricks"]);

const entities = [
  "orders",
  "order_lines",
  "customers",
  "invoices",
  "payments",
  "sessions",
  "page_views",
  "products",
  "shipments",
  "tickets",
  "campaigns",
  "subscriptions",
  "employees",
  "stores",
  "suppliers",
] as const;
const oddNames = [
  "Order.Lines",
  "My Table",
  'caf"e',
  "2024_totals",
  "select",
  "Größe",
  "a-b",
  "täble/x",
] as const;

const columnNames: Readonly<Record<ColumnTypeName, readonly string[]>> = {
  integer: ["id", "customer_id", "order_id", "product_id", "quantity", "visits"],
  number: ["amount", "net_amount", "tax", "discount", "unit_price", "weight_kg"],
  text: ["name", "country", "status", "channel", "segment", "email_domain", "sku"],
  datetime: ["created_at", "updated_at", "ordered_at", "paid_on", "shipped_on"],
  boolean: ["is_active", "is_deleted", "has_discount"],
  variant: ["payload", "tags"],
};
const oddColumns = ["net/gross", "a b", "x]y", "back\\slash", 'q"q', "größe", "from", "2nd"] as const;

/** Whether a connection has datasets. */
export function carriesDatasets(connection: Connection, plan: GenerationPlan): boolean {
  return plan.profile === "full" || !backtickTypes.has(connection.type);
}

export function generateConnections(
  builder: OrganizationBuilder,
  plan: GenerationPlan,
): readonly Connection[] {
  const [owner] = plan.members;
  if (owner === undefined) throw new Error("A connection needs a creator.");
  return warehouses
    .filter(({ copies }) => plan.profile === "full" || !copies)
    .map(({ name, type, friendlyNames }) =>
      builder.connection(name, type, owner, {
        friendlyNames: friendlyNames || plan.profile === "legacy",
      }),
    );
}

export function generateTable(
  builder: OrganizationBuilder,
  plan: GenerationPlan,
  index: number,
): WarehouseTable {
  const random = plan.random("table", index);
  const number = index % plan.connections.length;
  const connection = plan.connections[number];
  const spec = warehouses[number];
  if (connection === undefined || spec === undefined) throw new Error("There is no connection.");
  const copied = spec.copies ? plan.tables[index - number] : undefined;
  const columns = copied?.columns ?? columnsOf(random, spec, plan);
  return builder.table(
    connection,
    copied?.path ?? pathOf(random, spec, plan, index),
    Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    random.chance(10) ? { badge: random.pick(["Endorsed", "Warning", "Deprecated"]) } : {},
  );
}

function pathOf(
  random: Random,
  { type, databases, schemas, upperCase }: Warehouse,
  { profile, connections }: GenerationPlan,
  index: number,
): readonly string[] {
  const round = Math.floor(index / connections.length);
  const entity = entities[round % entities.length] ?? "table";
  const plain = round < entities.length ? entity : `${entity}_${Math.floor(round / entities.length) + 1}`;
  const isOdd = random.chance(profile === "full" ? 10 : 5);
  const odd = `${random.pick(oddNames)}${round}`;
  // BigQuery does not allow dots in names.
  const name = isOdd ? (type === "bigQuery" ? odd.replaceAll(".", " ") : odd) : plain;
  const parts = [...(databases === null ? [] : [random.pick(databases)]), random.pick(schemas), name];
  return parts.map((part, at) =>
    upperCase && !(isOdd && at === parts.length - 1) ? part.toUpperCase() : part,
  );
}

function columnsOf(
  random: Random,
  { upperCase }: Warehouse,
  { profile }: GenerationPlan,
): readonly { readonly name: string; readonly type: ColumnTypeName }[] {
  const all = Object.entries(columnNames).flatMap(([type, names]) =>
    names.map((name) => ({ name: upperCase ? name.toUpperCase() : name, type: type as ColumnTypeName })),
  );
  const odd = profile === "full" && random.chance(15) ? random.sample(oddColumns, 2) : [];
  return [
    ...random.sample(all, random.between(6, 12)),
    ...odd.map((name) => ({ name, type: "text" as const })),
  ];
}
