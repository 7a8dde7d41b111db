/** How many enclosing queries are searched for an alias. The limit keeps hostile input from taking quadratic time. */
const outwards = 1_000;

/** The position of a table name that an alias replaced: never before any other position. */
const nowhere = Number.POSITIVE_INFINITY;

/**
 * The aliases of one FROM clause. They distinguish columns from tables: `o.lines` in `from orders o, o.lines` is a
 * column.
 */
export class FromItems {
  readonly #outer: FromItems | null;
  /** The position of each alias. Null while there is none. */
  #aliases: Map<string, number> | null = null;

  constructor(outer: FromItems | null) {
    this.#outer = outer;
  }

  /** The items of the next query at the same depth, as after UNION. */
  next(): FromItems {
    return new FromItems(this.#outer);
  }

  give(alias: string, position: number): void {
    this.#aliases ??= new Map();
    this.#aliases.set(alias, position);
  }

  take(alias: string): void {
    if (this.#aliases?.has(alias) === true) this.#aliases.set(alias, nowhere);
  }

  /** Whether the alias was given before a position, or anywhere in an enclosing query. */
  has(alias: string, position: number): boolean {
    if ((this.#aliases?.get(alias) ?? nowhere) < position) return true;
    let outer = this.#outer;
    for (let step = 0; outer !== null && step < outwards; step++) {
      if ((outer.#aliases?.get(alias) ?? nowhere) < nowhere) return true;
      outer = outer.#outer;
    }
    return false;
  }
}
