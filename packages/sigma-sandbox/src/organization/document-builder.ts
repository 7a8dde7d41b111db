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

/** An element as it is written down. */
export interface ElementSpec {
  /** What it reads; several are joined. */
  readonly from: Source | readonly Source[];
  readonly combination?: Combination;
  readonly lookups?: readonly Source[];
  readonly columns: readonly ColumnSpec[];
}

/** An output column of SQL, and the warehouse columns it comes from. */
export interface SqlOutput {
  readonly output: WarehouseColumn;
  readonly from: readonly (readonly [WarehouseTable, string])[];
}

/** Fills a document page by page. */
export class DocumentBuilder {
  readonly #ids: Identifiers;
  readonly #document: string;
  readonly #pages: { readonly id: string; readonly name: string; readonly elements: Element[] }[] = [];
  readonly #schedules: MaterializationSchedule[] = [];

  /** @param document a name that no other document of the organization has */
  constructor(ids: Identifiers, document: string) {
    this.#ids = ids;
    this.#document = document;
  }

  page(name: string): this {
    this.#pages.push({ id: this.#ids.short(`${this.#document}/page/${name}`), name, elements: [] });
    return this;
  }

  /** A table of rows. */
  table(name: string, spec: ElementSpec): Element {
    return this.#add(name, "table", "levelTable", spec);
  }

  /** A chart. */
  chart(name: string, kind: "bar" | "line" | "pie" | "kpi" | "area", spec: ElementSpec): Element {
    return this.#add(name, "visualization", kind, spec);
  }

  pivot(name: string, spec: ElementSpec): Element {
    return this.#add(name, "pivot-table", "pivotTable", spec);
  }

  /** Any kind of element that shows data. */
  element(name: string, type: string, vizualizationType: string, spec: ElementSpec): Element {
    return this.#add(name, type, vizualizationType, spec);
  }

  /** An element that shows no data: `text`, `image`, `control`, `button`. */
  decoration(name: string, type: string): Element {
    return this.#add(name, type, null, { from: [], columns: [] });
  }

  /**
   * SQL written by hand. The definition, the tables it reads and the origin of its columns are the caller's.
   */
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

  /** A materialization schedule on an element. */
  materialize(element: Element, cronSpec: string, options: { readonly paused?: boolean } = {}): void {
    this.#schedules.push({
      element,
      cronSpec,
      timezone: "Europe/Lisbon",
      configuredAt: this.#ids.date(`${this.#document}/schedule/${element.name}`, "2025-06-01", "2026-06-01"),
      paused: options.paused ?? false,
    });
  }

  build(): DocumentContent {
    const pages: readonly Page[] = this.#pages;
    return { pages, schedules: this.#schedules };
  }

  #add(name: string, type: string, vizualizationType: string | null, spec: ElementSpec): Element {
    const page = this.#pages.at(-1);
    if (page === undefined) throw new Error(`${this.#document} has an element before its first page.`);
    // Names may repeat, ids may not.
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
