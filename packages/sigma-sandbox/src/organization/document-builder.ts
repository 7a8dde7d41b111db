import { friendlyName } from "./available-columns.ts";
import { buildColumns, type ColumnSpec } from "./columns.ts";
import type { Identifiers } from "./identifiers.ts";
import type {
  Combination,
  Connection,
  CustomSql,
  DocumentContent,
  Element,
  MaterializationSchedule,
  Page,
  Source,
  WarehouseColumn,
  WarehouseTable,
} from "./organization.ts";

/** The specification of an element. */
export interface ElementSpec {
  /** Its sources; several sources are joined unless `combination` is `union`. */
  readonly from: Source | readonly Source[];
  /** How several sources are combined (default: `join`). */
  readonly combination?: Combination;
  /** Additional sources for `Lookup` formulas (default: none). */
  readonly lookups?: readonly Source[];
  /** The columns: names of source columns, or names with formulas. */
  readonly columns: readonly ColumnSpec[];
}

/** An output column of SQL with the warehouse columns it comes from. */
export interface SqlOutput {
  /** Name of the output column. */
  readonly output: WarehouseColumn;
  /** Warehouse columns that it comes from. */
  readonly from: readonly (readonly [WarehouseTable, string])[];
}

/** Builds the content of a document page by page. */
export class DocumentBuilder {
  readonly #ids: Identifiers;
  readonly #document: string;
  readonly #pages: { readonly id: string; readonly name: string; readonly elements: Element[] }[] = [];
  readonly #schedules: MaterializationSchedule[] = [];

  /** @param document a name that is unique in the organization */
  constructor(ids: Identifiers, document: string) {
    this.#ids = ids;
    this.#document = document;
  }

  /** Starts a page. */
  page(name: string): this {
    this.#pages.push({ id: this.#ids.short(`${this.#document}/page/${name}`), name, elements: [] });
    return this;
  }

  /** Adds a table element. */
  table(name: string, spec: ElementSpec): Element {
    return this.#add(name, "table", "levelTable", spec);
  }

  /** Adds a chart. */
  chart(name: string, kind: "bar" | "line" | "pie" | "kpi" | "area", spec: ElementSpec): Element {
    return this.#add(name, "visualization", kind, spec);
  }

  /** Adds a pivot table. */
  pivot(name: string, spec: ElementSpec): Element {
    return this.#add(name, "pivot-table", "pivotTable", spec);
  }

  /** Adds any kind of element with data. */
  element(name: string, type: string, vizualizationType: string, spec: ElementSpec): Element {
    return this.#add(name, type, vizualizationType, spec);
  }

  /** Adds an element without data: `text`, `image`, `control`, `button`. */
  decoration(name: string, type: string): Element {
    return this.#add(name, type, null, { from: [], columns: [] });
  }

  /** Adds custom SQL. The caller provides the definition, its tables and the origins of its columns. */
  sql(
    connection: Connection,
    definition: string,
    tables: readonly WarehouseTable[],
    columns: readonly SqlOutput[],
  ): CustomSql {
    return {
      kind: "sql",
      id: this.#ids.short(`${this.#document}/sql/${definition}`),
      connection,
      definition,
      tables,
      columns: columns.map(({ output, from }) => ({
        id: output.name,
        name: connection.friendlyNames ? friendlyName(output.name) : output.name,
        formula: `[Custom SQL/${output.name}]`,
        type: output.type,
        from: from.map(([source, column]) => ({ source, column })),
      })),
    };
  }

  /** Adds a materialization schedule to an element. */
  materialize(
    element: Element,
    cronSpec: string,
    options: { readonly paused?: boolean; readonly isByNameOnly?: boolean } = {},
  ): void {
    this.#schedules.push({
      element,
      cronSpec,
      timezone: "Europe/Lisbon",
      configuredAt: this.#ids.date(`${this.#document}/schedule/${element.name}`, "2025-06-01", "2026-06-01"),
      paused: options.paused ?? false,
      ...(options.isByNameOnly === true ? { isByNameOnly: true } : {}),
    });
  }

  /** Returns the content. */
  build(): DocumentContent {
    const pages: readonly Page[] = this.#pages;
    return { pages, schedules: this.#schedules };
  }

  #add(name: string, type: string, vizualizationType: string | null, spec: ElementSpec): Element {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error(`${this.#document} has an element before its first page.`);
    // Names may repeat, ids must be unique.
    const same = page.elements.filter((element) => element.name === name).length;
    const where = `${this.#document}/${page.name}/${name}${same === 0 ? "" : `#${same}`}`;
    const sources: readonly Source[] = [spec.from].flat();
    const from = { sources, lookups: spec.lookups ?? [], combination: spec.combination ?? "join" };
    const element: Element = {
      kind: "element",
      id: this.#ids.short(`${where}/element`),
      sheetId: this.#ids.short(`${where}/sheet`),
      name,
      type,
      vizualizationType,
      ...from,
      columns: buildColumns(this.#ids, where, from, spec.columns),
    };
    page.elements.push(element);
    return element;
  }
}
