import type { DocumentBuilder, ElementSpec } from "../organization/document-builder.ts";
import { formulaName } from "../organization/formula.ts";
import {
  type Combination,
  type Connection,
  type DataModel,
  type Element,
  elementsOf,
  type Source,
} from "../organization/organization.ts";
import { generateColumns } from "./generate-columns.ts";
import { generateSql } from "./generate-sql.ts";
import type { GenerationPlan, References } from "./generation-plan.ts";
import type { Random } from "./random.ts";

/** A generated element, with the data that its readers need. */
interface MadeElement {
  readonly element: Element;
  readonly home: Connection;
  /** Length of the longest chain of elements that ends here. */
  readonly depth: number;
}

/** Relative frequency of each kind of source. */
export type SourceWeights = Readonly<Record<"table" | "dataset" | "dataModel" | "element" | "sql", number>>;

export interface ElementsOptions {
  readonly weights: SourceWeights;
  /** Maximum length of a chain of elements in a document. */
  readonly maxDepth: number;
  /** Number of columns per element; random if null. */
  readonly columnCount: number | null;
}

const dataTypes = [
  ["table", "levelTable"],
  ["table", "levelTable"],
  ["visualization", "bar"],
  ["visualization", "line"],
  ["visualization", "kpi"],
  ["pivot-table", "pivotTable"],
] as const;

/** Generates the elements of one document. Each may read earlier ones. */
export class ElementGenerator {
  readonly #plan: GenerationPlan;
  readonly #references: References;
  readonly #random: Random;
  readonly #builder: DocumentBuilder;
  readonly #options: ElementsOptions;
  readonly #made: MadeElement[] = [];

  constructor(parts: {
    readonly plan: GenerationPlan;
    readonly references: References;
    readonly random: Random;
    readonly builder: DocumentBuilder;
    readonly options: ElementsOptions;
  }) {
    this.#plan = parts.plan;
    this.#references = parts.references;
    this.#random = parts.random;
    this.#builder = parts.builder;
    this.#options = parts.options;
  }

  /** Adds an element with data of a connection. */
  add(name: string, home: Connection): Element {
    const random = this.#random;
    const [type, vizualizationType] = random.pick(dataTypes);
    const { spec, depth } = this.#spec(home);
    const element = this.#builder.element(name, type, vizualizationType, spec);
    this.#made.push({ element, home, depth });
    return element;
  }

  #spec(home: Connection): { readonly spec: ElementSpec; readonly depth: number } {
    const random = this.#random;
    const first = this.#source(home);
    const way = random.weighted({ alone: 70, join: 18, union: 6, lookup: 6 });
    const second = way === "alone" ? null : this.#source(home);
    // Formulas cannot distinguish two sources with the same name.
    const isTold = second !== null && formulaName(second).toLowerCase() !== formulaName(first).toLowerCase();
    const sources: readonly Source[] = isTold && way !== "lookup" ? [first, second] : [first];
    const lookups: readonly Source[] = isTold && way === "lookup" ? [second] : [];
    const combination: Combination = isTold && way === "union" ? "union" : "join";
    const from = { sources, lookups, combination };
    const columns = generateColumns(random, from, {
      count: this.#options.columnCount ?? random.between(2, 9),
      mayBeHostile: this.#plan.profile === "full",
    });
    const depth = 1 + Math.max(...[...sources, ...lookups].map((source) => this.#depthOf(source)));
    return { spec: { from: sources, combination, lookups, columns }, depth };
  }

  #source(home: Connection): Source {
    const random = this.#random;
    switch (random.weighted(this.#options.weights)) {
      case "element":
        return this.#earlier(home) ?? this.#table(home);
      case "dataModel":
        return this.#modelElement(home) ?? this.#table(home);
      case "dataset":
        return this.#references.dataset(random, home) ?? this.#table(home);
      case "sql":
        return this.#sql(home);
      case "table":
        return this.#table(home);
    }
  }

  #table(home: Connection): Source {
    const table = this.#references.table(this.#random, home);
    if (table === null) throw new Error(`${home.name} has no table.`);
    return table;
  }

  #earlier(home: Connection): Element | null {
    const near = this.#made.filter((made) => made.home === home && made.depth < this.#options.maxDepth);
    return this.#random.pick(near)?.element ?? null;
  }

  #modelElement(home: Connection): Source | null {
    const model = this.#references.dataModel(this.#random, home);
    return model === null ? null : pickElement(this.#random, model);
  }

  #sql(home: Connection): Source {
    const random = this.#random;
    const tables = [this.#references.table(random, home), this.#references.table(random, home)];
    const distinct = [...new Set(tables.filter((table) => table !== null))];
    const shortPercent = this.#plan.profile === "full" ? 10 : 0;
    const { definition, tables: read, outputs } = generateSql(random, home, distinct, shortPercent);
    return this.#builder.sql(home, definition, read, outputs);
  }

  #depthOf(source: Source): number {
    return this.#made.find(({ element }) => element === source)?.depth ?? 0;
  }
}

function pickElement(random: Random, model: DataModel): Source | null {
  const element = random.pick(elementsOf(model).filter(({ columns }) => columns.length > 0));
  return element === undefined ? null : { kind: "modelElement", model, element };
}
