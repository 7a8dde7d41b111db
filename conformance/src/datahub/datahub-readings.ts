import { type DataModel, elementsOf, type Organization, type Workbook } from "@dagster-sigma/sigma-sandbox";

export type Element = ReturnType<typeof elementsOf>[number];
type Source = Element["sources"][number];
type Sql = Extract<Source, { readonly kind: "sql" }>;
type Table = Organization["tables"][number];

/** One source of an edge: an element of a document that reads something outside the document. */
export interface Reading {
  readonly document: DataModel | Workbook;
  readonly element: Element;
  readonly source: Source;
  /** The table of the edge; null if it concerns another object. */
  readonly table: Table | null;
  /** Data models that DataHub loads. */
  readonly knownModels: ReadonlySet<DataModel>;
}

/**
 * The sources of an edge into a document.
 *
 * @param from name of a table, otherwise an id
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

/** Everything that an element reads, including other elements of its document. */
export function allRead({ sources, lookups }: Element): readonly Source[] {
  return [...sources, ...lookups];
}

/** Whether DataHub creates a chart for an element of a workbook. */
export function isChart({ type }: Element): boolean {
  return type === "table" || type === "visualization";
}

/** DataHub does not follow nodes of type `union`. */
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

/** One item (the table, or null) for each way in which a source is or names the origin of the edge. */
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

/** Listed models, and the models that they read; those read only by workbooks are not looked up. */
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
