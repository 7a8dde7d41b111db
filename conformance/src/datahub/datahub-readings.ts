import { type DataModel, elementsOf, type Organization, type Workbook } from "@dagster-sigma/sigma-sandbox";

export type Element = ReturnType<typeof elementsOf>[number];
type Source = Element["sources"][number];
type Sql = Extract<Source, { readonly kind: "sql" }>;
type Table = Organization["tables"][number];

/** One place where an edge into a document comes from: an element that reads something outside. */
export interface Reading {
  readonly document: DataModel | Workbook;
  readonly element: Element;
  readonly source: Source;
  /** The table that the edge is about; null when it is about something else. */
  readonly table: Table | null;
  /** Models that DataHub meets. */
  readonly knownModels: ReadonlySet<DataModel>;
}

/**
 * The places in a document where an edge comes from.
 *
 * @param from a table by its name, anything else by its id
 */
export function readingsOf(
  document: DataModel | Workbook,
  from: string,
  organization: Organization,
): readonly Reading[] {
  const knownModels = modelsKnownToDataHub(organization);
  return elementsOf(document).flatMap((element) =>
    allRead(element).flatMap((source) =>
      leadingTo(from, source).map((table) => ({ document, element, source, table, knownModels })),
    ),
  );
}

/** Everything that an element reads, other elements of its document too. */
export function allRead({ sources, lookups }: Element): readonly Source[] {
  return [...sources, ...lookups];
}

/** Whether DataHub makes a chart of an element of a workbook. */
export function isChart({ type }: Element): boolean {
  return type === "table" || type === "visualization";
}

/** DataHub does not look behind a node of the type `union`. */
export function isBehindUnion({ sources, combination, lookups }: Element, source: Source): boolean {
  return combination === "union" && sources.length > 1 && !lookups.includes(source);
}

export function isWrittenWithoutDatabase({ definition }: Sql, table: Table): boolean {
  const written = withoutQuotes(definition.toLowerCase());
  const [whole, short] = [tableName(table), nameWithoutDatabase(table)].map(withoutQuotes);
  return !written.includes(whole ?? "") && written.includes(short ?? "");
}

function withoutQuotes(text: string): string {
  return text.replaceAll(/["`]/g, "");
}

export function nameWithoutDatabase({ path }: Table): string {
  return path.slice(1).join(".").toLowerCase();
}

function tableName({ path }: Table): string {
  return path.join(".").toLowerCase();
}

/** One item, the table if it is one, for each way in which a source is, or names, what an edge comes from. */
function leadingTo(from: string, source: Source): readonly (Table | null)[] {
  switch (source.kind) {
    case "element":
      return [];
    case "dataset":
      return source.id === from ? [null] : [];
    case "modelElement":
      return source.model.id === from ? [null] : [];
    case "table":
      return tableName(source) === from ? [source] : [];
    case "sql":
      return source.tables.filter((table) => tableName(table) === from);
  }
}

/** Listed ones, and those that they read; what only workbooks read is not looked up. */
function modelsKnownToDataHub({ dataModels }: Organization): ReadonlySet<DataModel> {
  const known = new Set<DataModel>();
  const visit = (model: DataModel): void => {
    if (known.has(model)) return;
    known.add(model);
    for (const source of elementsOf(model).flatMap(allRead))
      if (source.kind === "modelElement") visit(source.model);
  };
  for (const model of dataModels) if (model.isListed) visit(model);
  return known;
}
