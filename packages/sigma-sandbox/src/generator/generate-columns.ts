import { type AvailableColumn, availableColumns } from "../organization/available-columns.ts";
import type { ColumnSources, ColumnSpec } from "../organization/columns.ts";
import {
  type FormulaPart,
  type FormulaReference,
  formulaName,
  unionName,
  writeFormula,
} from "../organization/formula.ts";
import type { ColumnOrigin, Source } from "../organization/organization.ts";
import { columnTitle } from "./generated-names.ts";
import type { Random } from "./random.ts";

export interface ColumnsOptions {
  readonly count: number;
  readonly mayBeHostile: boolean;
}

/** Generates columns for an element, some passed through, some computed, with distinct names. */
export function generateColumns(
  random: Random,
  from: ColumnSources,
  options: ColumnsOptions,
): readonly ColumnSpec[] {
  const writer = new FormulaWriter(random, from, options.mayBeHostile);
  const passed = random.sample(writer.passable, Math.ceil(options.count * 0.6));
  const specs: ColumnSpec[] = [...passed];
  const names = new Set<string>(passed);
  for (const name of passed) writer.addSibling(name, writer.originsOf(name));
  while (specs.length < options.count) {
    const name = unique(columnTitle(random, options), names);
    const parts = writer.formula();
    names.add(name);
    specs.push({ name, parts });
    writer.addSibling(
      name,
      parts.flatMap((part) => (typeof part === "string" ? [] : part.from)),
    );
  }
  return specs;
}

function unique(name: string, taken: ReadonlySet<string>): string {
  for (let number = 0; ; number++) {
    const candidate = number === 0 ? name : `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Generates formulas with references to the sources of an element. */
class FormulaWriter {
  readonly #random: Random;
  readonly #from: ColumnSources;
  readonly #mayBeHostile: boolean;
  readonly #siblings: FormulaReference[] = [];
  /** Names of columns that can be passed through. */
  readonly passable: readonly string[];

  constructor(random: Random, from: ColumnSources, mayBeHostile: boolean) {
    this.#random = random;
    this.#from = from;
    this.#mayBeHostile = mayBeHostile;
    this.passable = [...new Set(from.sources.flatMap((source) => [...availableColumns(source).keys()]))];
  }

  /** The origins of a passed-through column. */
  originsOf(name: string): readonly ColumnOrigin[] {
    const { sources, combination } = this.#from;
    const origins = sources.flatMap((source) => availableColumns(source).get(name)?.origin ?? []);
    return combination === "union" ? origins : origins.slice(0, 1);
  }

  /** Allows later formulas of the element to refer to this column. */
  addSibling(name: string, from: readonly ColumnOrigin[]): void {
    this.#siblings.push({ names: [name], from });
  }

  formula(): readonly FormulaPart[] {
    const random = this.#random;
    const [looked] = this.#from.lookups;
    if (looked !== undefined && random.chance(60)) {
      const key = this.#reference(looked);
      return ["Lookup(", this.#reference(looked), ", ", this.#own(), ", ", key, ")"];
    }
    const [a, b] = [this.#own(), this.#own()];
    switch (
      random.weighted({ sum: 3, minus: 3, trunc: 2, choose: 2, text: 2, rename: 2, constant: 1, broken: 1 })
    ) {
      case "sum":
        return ["Sum(", a, ")"];
      case "minus":
        return [a, " - ", b];
      case "trunc":
        return ['DateTrunc("month", ', a, ")"];
      case "choose":
        return ["If(IsNull(", a, "), ", b, ", ", a, ")"];
      case "text":
        // Brackets in string literals are not references.
        return ["If(", a, ' = "in [brackets/here] and \\"[quoted]\\"", 1, 0)'];
      case "rename":
        return [a];
      case "constant":
        return ["Now()"];
      case "broken":
        return this.#mayBeHostile ? ["[Gone/Missing] + ", a] : ["Rank(", a, ")"];
    }
  }

  /** A reference to a column of a source, of a union, or of the element itself. */
  #own(): FormulaReference {
    const sibling = this.#random.chance(15) ? this.#random.pick(this.#siblings) : undefined;
    if (sibling !== undefined) return sibling;
    const { sources, combination } = this.#from;
    const source = this.#random.pick(sources);
    if (source === undefined) throw new Error("A column is computed from a source.");
    return combination === "join" ? this.#reference(source) : this.#united();
  }

  #united(): FormulaReference {
    const { sources } = this.#from;
    const name = this.#random.pick(this.passable) ?? "";
    return { names: [unionName(sources), name], from: this.originsOf(name) };
  }

  #reference(source: Source): FormulaReference {
    const random = this.#random;
    const column = random.pick([...availableColumns(source).values()]);
    if (column === undefined) throw new Error("A source has columns.");
    const names = [formulaName(source), ...this.#through(source, column), column.name];
    const isCarelessly = this.#mayBeHostile && random.chance(10) && isOnlyOne(source, column.name);
    return { names: isCarelessly ? names.map((name) => name.toLowerCase()) : names, from: [column.origin] };
  }

  /** A column that a data model element gets from a join can be referenced through the joined source. */
  #through(source: Source, { name }: AvailableColumn): readonly string[] {
    if (source.kind !== "modelElement" || source.element.sources.length < 2) return [];
    const { formula, from = [] } = source.element.columns.find((column) => column.name === name) ?? {};
    const [origin] = from;
    if (origin === undefined || source.element.combination === "union") return [];
    const through = formulaName(origin.source);
    const isPassed = formula === writeFormula([{ names: [through, name], from }]);
    return isPassed && this.#mayBeHostile && this.#random.chance(20) ? [through] : [];
  }
}

/** Whether no other column has the same name ignoring case. */
function isOnlyOne(source: Source, name: string): boolean {
  const text = name.toLowerCase();
  return [...availableColumns(source).keys()].filter((other) => other.toLowerCase() === text).length === 1;
}
